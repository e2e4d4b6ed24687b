"""The 115 routes from New York that were flown on every day of 2013."""

DESTINATIONS = {
    "ewr": """
        atl bna bos chs cle clt cvg day den dfw dtw fll gso gsp hnl hou
        iad iah jax las lax mci mco mdw mia msp ord pbi pdx phx rdu ric
        rsw san sdf sea sfo sju sna stl tpa
    """,
    "jfk": """
        atl aus bna bos bqn btv buf bur bwi cle clt cmh cvg dca den dfw
        dtw fll hou iad ind jax las lax lgb mco mia msp msy ord orf pbi
        pdx phx pit pse pwm rdu roc rsw san sea sfo sju slc srq syr tpa
    """,
    "lga": """
        atl bna cak cle clt cmh dca den dfw dtw fll iad iah mco mdw mia
        mke msp msy ord pbi rdu rsw srq stl tpa
    """,
}
AIRPORTS = tuple(DESTINATIONS)
ROUTES = tuple(
    f"{airport}_{destination}"
    for airport, destinations in DESTINATIONS.items()
    for destination in destinations.split()
)
