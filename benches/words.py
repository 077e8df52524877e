"""What the invented news is made of. No place, body or person in it exists, and nobody is quoted by name."""

SECTIONS = ["World", "Business", "Politics", "Science", "Climate", "Culture"]

PLACES = [
    "Vellmar Bay", "Ostrel", "Karrin", "Tessaly Point", "Norholm", "Abrend", "Lower Quay", "Sarrow", "Pell Island", "Drayholt",
    "Minch Cross", "Ulvenna", "Corridan", "Great Tarn", "Hallowmere", "Istrand", "Juniper Flats", "Kestle", "Lomara", "Quillon",
]

BODIES = [
    "harbour authority", "central bank", "rail operator", "water board", "grid company", "fisheries council",
    "health ministry", "city assembly", "trade commission", "weather service", "customs office", "court of audit",
    "farmers' union", "national museum", "space institute", "housing agency", "dockers' union", "regional parliament",
]

# A topic is one of the first with one of the second: 480 names.
FIELDS = [
    "Harbour", "Rail", "Grain", "River", "Grid", "Copper", "Fishing", "Housing", "Customs", "Border", "Hospital", "School",
    "Forest", "Tariff", "Budget", "Satellite", "Vaccine", "Pension", "Airport", "Timber", "Cement", "Museum", "Archive", "Ferry",
]
MATTERS = [
    "policy", "prices", "safety", "reform", "strikes", "exports", "funding", "research", "disputes", "rights",
    "planning", "records", "inquiry", "law", "workers", "routes", "supply", "standards", "contracts", "elections",
]

DESKS = [
    "World desk", "Markets desk", "Harbour desk", "Night desk", "Science desk", "Rivers desk", "Courts desk", "Energy desk",
    "City desk", "Data desk", "Culture desk", "Weather desk",
]

# Sentences: {b} a body, {p} a place, {t} a thing, {n} a number, {m} another, {d} a day, {v} what was done.
SENTENCES = [
    "The {b} of {p} said on {d} that it had {v} {t}.",
    "Work on {t} in {p} is {n} days behind the plan, according to figures that the {b} released on {d}.",
    "About {n} people took part in the hearing, which had been moved from {p} at short notice.",
    "Officials put the cost at {n} million crowns, {m} million more than the estimate of last year.",
    "The {b} had {v} a similar proposal in {p} two years ago -- and withdrew it within {n} weeks.",
    "Neither the {b} nor the mayor's office in {p} would say when {t} is to be decided.",
    "Of {n} sites that inspectors visited near {p}, **{m} met the standard** that was set for {t}.",
    "A second reading is planned for {d}; until then {t} stays as it is.",
    "\"We have {v} what could be {v},\" an official of the {b} said, \"and the rest will be clear on {d}.\"",
    "In {p} the share rose by {m} per cent, while the {b} had expected it to fall.",
    "The change concerns *only {t}* and leaves agreements with {p} untouched.",
    "Traffic through {p} fell by {m} per cent in the quarter, the {b} reported.",
    "Critics say that {t} was {v} without a vote, which the {b} denies.",
    "Both sides are to meet again in {p} on {d} to discuss {t} and a list of {n} smaller points.",
    "The report, of {n} pages, names {p} {m} times and {t} not once.",
    "No injuries were reported, and by {d} the {b} had reopened all but {m} of the roads to {p}.",
]
THINGS = [
    "the transit fee", "the new timetable", "the winter reserve", "the second bridge", "the price cap", "the fishing quota",
    "the licence for the mine", "the school merger", "the flood barrier", "the pension index", "the ferry contract",
    "the export permit", "the power line", "the audit of the fund", "the housing levy", "the night curfew for lorries",
]
DONE = ["approved", "delayed", "rejected", "reviewed", "published", "financed", "suspended", "tested"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

HEADLINES = [
    "{B} {w} {t} in {p}", "{p} waits as {b} {w} {t}", "What {t} means for {p}", "{B} and {p} agree on {t}",
    "{p} asks {b} to look at {t} again", "{B} puts {t} at {n} million crowns",
]
WRITES = ["approves", "delays", "rejects", "reviews", "publishes", "finances", "suspends", "tests"]
CROSSHEADS = ["What was decided", "The figures", "What comes next", "How it began", "Who is affected", "The objections"]
