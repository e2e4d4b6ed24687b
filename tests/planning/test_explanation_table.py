"""Explanations as text and HTML."""

from headwater import Builder, config, inject, parameterize, source, value


def price() -> float:
    return 10.0


@config.when(region="eu")
def tax__eu(price: float, rate: float) -> float:
    return price * rate


@config.when(region="us")
def tax__us(price: float) -> float:
    return price


def total(price: float, tax: float) -> float:
    return price + tax


def unused(total: float) -> float:
    return total


FUNCTIONS = (price, tax__eu, tax__us, total, unused)


def test_the_text_has_a_table_for_each_part():
    driver = Builder().with_functions(*FUNCTIONS).with_config({"region": "eu"}).build()
    text = str(driver.explain(["total"], overrides={"price": 3.0}))
    at = {
        function.__name__: str(driver.graph.nodes.get(function.__name__, driver.graph["tax"]).location)
        for function in FUNCTIONS
    }
    width = len(max(at["tax__eu"], at["total"], key=len))
    us = driver.explain(["total"]).excluded[0].location
    assert (
        text
        == f"""\
2 steps for total, in the calling thread
     node             operation      {"defined at":<{width}}  reads        then frees
  1  tax (waiting)    calls tax__eu  {at["tax__eu"]:<{width}}  price, rate
  2  total (waiting)  calls total    {at["total"]:<{width}}  price, tax   tax

Missing inputs
  input  needed by
  rate   tax

Provided values
  name   from      value
  price  override  3.0

Not called: 2 functions
  reason              nodes
  overridden          price
  no output needs it  unused

Variants that the config excludes
  function  excluded by   config       defined at
  tax__us   @config.when  region='eu'  {us}"""
    )


def test_a_request_for_provided_values_only_has_no_steps():
    driver = Builder().with_functions(price).build()
    assert str(driver.explain(["price"], overrides={"price": 1.0})).startswith("0 steps for price, in the calling thread\n\n")


def test_long_lists_are_shortened_in_the_text_only():
    def start() -> int:
        return 0

    def step(previous: int) -> int:
        return previous + 1

    steps = parameterize(
        **{f"step_{number}": {"previous": source(f"step_{number - 1}" if number else "start")} for number in range(2_999)}
    )
    driver = Builder().with_functions(start, steps(step)).build()
    explanation = driver.explain(list(driver.graph.nodes))
    assert len(explanation.steps) == 3_000
    lines = str(explanation).splitlines()
    assert lines[0].endswith("and 2,997 more, in the calling thread")
    assert lines[62].strip() == "... 2,920 more steps in `steps`"
    assert len(lines) == 83


def test_a_long_operation_is_shortened_in_the_text_only():
    @inject(first=value("a" * 30), second=value("b" * 30))
    def text(first: str, second: str) -> str:
        return first + second

    explanation = Builder().with_functions(text).build().explain(["text"])
    assert explanation.steps[0].operation == f"calls text (first={'a' * 30!r}, second={'b' * 30!r})"
    assert f"  calls text (first={'a' * 30!r}, seco ...  " in str(explanation)


def test_a_notebook_shows_escaped_html():
    def tag(text: str) -> str:
        return text

    html = Builder().with_functions(tag).build().explain(["tag"], inputs={"text": "<b>"})._repr_html_()
    assert html.startswith("<table><caption>1 step for tag, in the calling thread</caption><thead><tr><th ")
    assert ">&#x27;&lt;b&gt;&#x27;</td>" in html
    assert "<b>" not in html
