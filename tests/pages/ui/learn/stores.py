"""Which stores do tests of forecast accuracy look at? Creators with a campaign a quarter."""

from pathlib import Path

QUARTERS = ("2025-02-10", "2025-05-10", "2025-08-10", "2025-11-10")
CREATORS = "creator_id,creator_name,platform,vertical,home_country,followers\n"
CAMPAIGNS = "campaign_id,creator_id,market,date,deliverable,impressions,engagements,clicks\n"


def write_past(folder: Path, count_creators: int = 14, falling: float = 1.0) -> Path:
    """Files of creators c0, c1 ...; each ran k0-0, k0-1 ... with numbers that rise and fall, by hand.

    falling: what all numbers are multiplied by from quarter to quarter.
    """
    folder.mkdir()
    ids = range(count_creators)
    profiles = [f"c{at},Creator {at},{('tiktok', 'instagram')[at % 2]},home,DE,{9_000 + 700 * at}\n" for at in ids]
    (folder / "creators.csv").write_text(CREATORS + "".join(profiles))
    shares = [f"c{at},DE,0.6\n" for at in ids]
    (folder / "audience.csv").write_text("creator_id,country,audience_share\n" + "".join(shares))
    rows = []
    for at in ids:
        for quarter, day in enumerate(QUARTERS):
            seen = round(falling**quarter * (4_000 + 900 * ((3 * at + 5 * quarter) % 7)))
            liked, clicked = seen * (2 + (at + quarter) % 3) // 100, seen * (1 + (2 * at + quarter) % 2) // 100
            rows.append(f"k{at}-{quarter},c{at},DE,{day},post,{seen},{liked},{clicked}\n")
    (folder / "campaigns.csv").write_text(CAMPAIGNS + "".join(rows))
    return folder
