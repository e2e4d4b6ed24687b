"""Six routes from LaGuardia that were flown on every day of 2013."""

ROUTES = ("lga_atl", "lga_clt", "lga_dtw", "lga_fll", "lga_mia", "lga_ord")
