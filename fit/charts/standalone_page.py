"""Put charts into a page of its own that needs no server and requests nothing."""

import json

import plotly.io as pio
from plotly.offline import get_plotlyjs

from fit.charts.drawing import Chart

# No logo, no link to a drawing service, no toolbar: the page is read, not edited. Words stay as they are.
SETTINGS = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "showTips": False,
    "typesetMath": False,
}
ROOM_AT_THE_END = 36  # pixels: on a phone, numbers above the last mark reach over the axis
# Draws every chart for the screen's appearance, again when that changes, and light on paper. Plotly cannot shrink a
# drawn chart to the width of a sheet by itself.
DRAWING = """(function () {
  var dark = window.matchMedia("(prefers-color-scheme: dark)"), sheet = 680;
  var found = Array.prototype.slice.call(document.querySelectorAll("[data-chart]"));
  function draw(isDark, width) {
    found.forEach(function (place) {
      var both = JSON.parse(document.getElementById(place.getAttribute("data-chart")).textContent);
      var figure = both[isDark ? "dark" : "light"];
      if (width) { figure.layout.width = width; figure.layout.autosize = false; }
      Plotly.react(place, figure.data, figure.layout, both.settings);
    });
  }
  draw(dark.matches);
  dark.addEventListener("change", function () { draw(dark.matches); });
  window.addEventListener("beforeprint", function () { draw(false, sheet); });
  window.addEventListener("afterprint", function () { draw(dark.matches); });
})();"""


def plotly_script() -> str:
    """The drawing library itself, once a page (about 5 MB); maps would ask for geometry, so no map belongs on it."""
    return get_plotlyjs()


def both_ways(light: Chart, dark: Chart) -> str:
    """A chart of either appearance as JSON for DRAWING, with nothing in it that could end a script element."""
    text = json.dumps(
        {"light": _figure(light), "dark": _figure(dark), "settings": SETTINGS}, separators=(",", ":"), sort_keys=True
    )
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _figure(chart: Chart) -> dict[str, object]:
    """Data and layout, with room on the right for what a phone draws over the axis."""
    figure = json.loads(pio.to_json(chart.figure, validate=False))
    figure["layout"]["margin"]["r"] = max(ROOM_AT_THE_END, figure["layout"]["margin"]["r"])
    return {"data": figure["data"], "layout": figure["layout"] | {"autosize": True}}
