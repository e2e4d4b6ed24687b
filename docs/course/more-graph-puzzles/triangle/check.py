triangle = {
    f"row_{row}_{place}": [
        f"row_{row - 1}_{other}"
        for other in (place - 1, place)
        if 1 <= other < row
    ]
    for row in range(1, 6)
    for place in range(1, row + 1)
}
last = {f"row_5_{place}": n for place, n in enumerate([1, 4, 6, 4, 1], 1)}
check_puzzle(triangle, values=last, functions=2)
