"""Names of the invented creators: alliterative studio names, so that nobody takes one for a real person."""

# Same letter in both words, on purpose: a name of this kind is recognisably made up.
PAIRS = (
    ("Amber", "Alpaca"), ("Azure", "Axolotl"), ("Brisk", "Badger"), ("Bronze", "Beluga"), ("Copper", "Cuckoo"),
    ("Crimson", "Crane"), ("Dapper", "Dormouse"), ("Dusky", "Dolphin"), ("Emerald", "Egret"), ("Early", "Ermine"),
    ("Fabled", "Ferret"), ("Frosty", "Finch"), ("Gentle", "Gecko"), ("Golden", "Grouse"), ("Hazel", "Heron"),
    ("Humming", "Hare"), ("Indigo", "Ibis"), ("Ivory", "Impala"), ("Jolly", "Jackdaw"), ("Juniper", "Jay"),
    ("Kindly", "Kestrel"), ("Keen", "Koala"), ("Lilac", "Lemur"), ("Lucky", "Lynx"), ("Moonlit", "Marmot"),
    ("Mellow", "Mole"), ("Nimble", "Newt"), ("Noble", "Narwhal"), ("Olive", "Otter"), ("Opal", "Oriole"),
    ("Paper", "Puffin"), ("Plucky", "Panda"), ("Quiet", "Quail"), ("Quick", "Quokka"), ("Rosy", "Raccoon"),
    ("Rustic", "Raven"), ("Silver", "Stoat"), ("Sunny", "Salamander"), ("Tidy", "Tapir"), ("Teal", "Toad"),
    ("Umber", "Urchin"), ("Upbeat", "Urial"), ("Velvet", "Vole"), ("Vivid", "Viper"), ("Wandering", "Walrus"),
    ("Witty", "Weasel"), ("Yonder", "Yak"), ("Yellow", "Yapok"), ("Zesty", "Zebra"), ("Zany", "Zorilla"),
)  # fmt: skip
PLACES = {
    "beauty": ("Mirror", "Powder Room", "Vanity", "Salon"),
    "food": ("Kitchen", "Pantry", "Oven", "Table"),
    "home": ("Cottage", "Workshop", "Attic", "Porch"),
    "tech": ("Lab", "Circuit", "Garage", "Desk"),
}


def studio_name(number: int, vertical: str) -> str:
    """The name of creator `number` (from 0), for example "Copper Cuckoo Kitchen"; later rounds carry a number.

    The hand-cast creators of data/demo/cast.py are all called "... Studio", so that no two share a name.
    """
    adjective, animal = PAIRS[number % len(PAIRS)]
    places = PLACES[vertical]
    place_round, place = divmod(number // len(PAIRS), len(places))
    suffix = f" {place_round + 1}" if place_round else ""
    return f"{adjective} {animal} {places[place]}{suffix}"
