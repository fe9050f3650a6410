from inspect_app.reporting.figures import Bar, Pair, lying_bars, month_bars


def test_bars_begin_at_zero_and_carry_their_figures_and_addresses() -> None:
    spec = lying_bars([Bar("发现", 1486, "/a"), Bar("销号", 0, "/b", "#000000")])
    (trace,) = spec["data"]
    assert spec["layout"]["xaxis"]["rangemode"] == "tozero"
    assert trace["x"] == [1486, 0]
    assert trace["text"] == ["1,486", "0"]
    assert trace["customdata"] == ["/a", "/b"]
    assert spec["layout"]["yaxis"]["autorange"] == "reversed"


def test_months_stand_side_by_side_without_figures_for_nothing() -> None:
    spec = month_bars([Pair("1 月", 3, 0, "/found"), Pair("2 月", 0, 2)], ("发现", "销号"))
    found, closed = spec["data"]
    assert (found["y"], closed["y"]) == ([3, 0], [0, 2])
    assert (found["text"], closed["text"]) == (["3", ""], ["", "2"])
    assert found["customdata"] == ["/found", ""]
