"""What the bot of these tests knows: events, zones, financing, something old, something long."""

FACTS = {"country": "CN", "certainty": "scheduled"}
SOURCE = {"publisher": "Ministry of Commerce", "published": "2025-11-06"}
LINKED = [{**SOURCE, "url": "https://www.mofcom.example/fair"}]
TEA = {"start": "2025-10-15", "end": "2025-11-04", "certainty": "held", "city": "Hangzhou"}
LEDGER = "The ledger of ships 🚢 says: " + "货船抵港，清单齐全；" * 260

DOCUMENTS: dict[str, tuple[str, dict[str, object]]] = {
    "events/tea-fair.en": (
        "# Tea fair\n\nThe tea fair has 74,600 booths. It was held in Hangzhou.\n\n"
        "Buyers of tea came to the fair from Kenya, Ceylon and Japan.\n",
        {"title": "Tea fair", "sources": LINKED, "as_of": "2025-11-06", "event": FACTS | TEA},
    ),
    "events/tea-fair.zh": (
        "# 茶叶博览会\n\n茶叶博览会有7.46万个展位。博览会在杭州举行。\n",
        {"title": "茶叶博览会", "sources": LINKED, "as_of": "2025-11-06", "event": FACTS | TEA},
    ),
    "events/spice-fair.en": (
        "The spice fair shows pepper and saffron in the halls of Kunming.\n",
        {
            "title": "Spice fair",
            "event": FACTS
            | {"start": "2026-05-20", "end": "2026-05-24", "certainty": "tentative"}
            | {"city": "Kunming", "partner_countries": ["TH"]},
        },
    ),
    "events/lamp-fair.en": (
        "The lamp fair shows lanterns and bulbs.\n",
        {"title": "Lamp fair", "event": FACTS | {"start": "2026-06"}},
    ),
    "events/silk-expo.en": (
        "# Silk expo\n\n" + "## Hall 丝绸\n\nLooms 🧵 and dyes 👩🏽‍🔬 fill the hall.\n\n" * 160,
        {"title": "Silk expo", "event": FACTS | {"start": "2026-09-01", "end": "2026-09-03"}},
    ),
    **{
        f"events/market-{day}.en": (
            f"Market number {day} sells baskets.\n",
            {"title": f"Market {day}", "event": FACTS | {"start": f"2026-03-0{day}"}},
        )
        for day in range(1, 6)
    },
    "zones/silk-park.en": (
        "The silk park lies in Suzhou beside the canal. It houses weavers and dyers.\n",
        {"title": "Silk park", "zone": {"kind": "industrial-zone", "country": "CN"}}
        | {"provinces": ["CN-JS"]},
    ),
    "zones/amber-park.en": (
        "The amber park lies in Gdansk near the harbour.\n",
        {"title": "Amber park", "zone": {"kind": "park-abroad", "country": "PL"}}
        | {"countries": ["PL"], "provinces": ["CN-ZJ"]},
    ),
    "financing/policy-loan.zh": (
        "保单融资贷款最高300万元。保单融资贷款以出口信用保险保单作担保。\n",
        {"title": "保单融资贷款", "financing": {"kind": "loan"}},
    ),
    "policy/kettle-duty.en": (
        "Kettles from abroad pay a duty from 18 March 2026.\n",
        {
            "title": "Kettle duty",
            "review_by": "2026-03-20",
            "changes": [{"what": "duty on kettles", "kind": "duty", "from": "2026-03-18"}],
        },
    ),
    "policy/harbour-rebate.en": (
        "The harbour rebate refunds 40 percent of the harbour dues.\n",
        {"title": "Harbour rebate", "valid_until": "2025-12-31"},
    ),
    "customs-logistics/ledger.en": (f"{LEDGER}\n", {"title": "Ledger of ships"}),
}
"""What the bot of the tests knows: path -> body, front matter."""
