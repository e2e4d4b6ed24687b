def copy(stall):
    return {
        f"{stall}.cups": [],
        f"{stall}.rent": [],
        f"{stall}.revenue": [f"{stall}.cups"],
        f"{stall}.profit": [f"{stall}.revenue", f"{stall}.rent"],
        stall: [f"{stall}.profit"],
    }


check_puzzle(
    {**copy("market"), **copy("station"), "total": ["market", "station"]},
    values={"market": 70, "station": 110, "total": 180},
    functions=4,
)
