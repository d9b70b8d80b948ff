"""Print the metric library from the command line."""

from argparse import Namespace

from fit.cli.output import ExitCode, print_json
from fit.metrics import METRICS, Control


def metrics(arguments: Namespace) -> ExitCode:
    """Print what each metric means, and who controls it; two lines a metric."""
    if arguments.json:
        print_json({"metrics": [vars(metric) for metric in METRICS.values()]})
        return ExitCode.DONE
    for metric in METRICS.values():
        lower = ", lower is better" if metric.lower_is_better else ""
        forecast = ", forecast" if metric.is_forecast else ""
        by = metric.controlled_by
        control = "nobody's to control" if by is Control.NEITHER else f"controlled by {by}"
        print(f"{metric.name}: {metric.stage}, {metric.kind}, {control}, {metric.unit}{lower}{forecast}")
        print(f"  {metric.definition}{f' ({metric.formula})' if metric.formula else ''} Measured: {metric.measured}")
    return ExitCode.DONE
