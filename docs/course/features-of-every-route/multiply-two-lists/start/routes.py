"""Six routes from LaGuardia that are flown on every day."""

ROUTES = ("lga_atl", "lga_clt", "lga_dtw", "lga_fll", "lga_mia", "lga_ord")
