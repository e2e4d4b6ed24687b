ladder = {
    f"month_{n}": [f"month_{n - 2}", f"month_{n - 1}"] for n in range(3, 9)
}
check_puzzle(
    {"month_1": [], "month_2": [], **ladder},
    values={"month_1": 1, "month_2": 1, "month_7": 13, "month_8": 21},
    functions=2,
)
