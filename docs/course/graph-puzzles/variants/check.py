check_puzzle(
    {"discount": [], "total": ["discount", "price"]},
    values={"total": 50},
    functions=2,
)
member = {"member": True}
expect(
    lambda: same(run(["total"], config=member)["total"], 45),
    "`total` is 45 with the config `member=True`.",
    hint="`total` should be 45 with the config `member=True`. Add a variant of `discount` for members.",
)
expect(
    lambda: same(
        run(["total"], config=member, inputs={"price": 100.0})["total"], 90
    ),
    "`total` is 90 for a member if `price` is 100.",
    hint="`total` should be 90 for a member if `price` is 100. Compute the discount from `price`.",
)
