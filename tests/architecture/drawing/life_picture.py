"""The picture of one life, drawn from its table."""

from inspect_app.core.lifecycle import Lifecycle
from tests.architecture.drawing.life_layout import BOX, MARGIN, Layout, corner
from tests.architecture.drawing.lives import LEFT
from tests.architecture.drawing.svg import Picture

CAPTION = ("Blue leads on, brown leads back.", "A double frame ends the life.")


def title(machine: Lifecycle) -> str:
    """Name the picture."""
    return f"The life of {'an' if machine.name[0] in 'aeiou' else 'a'} {machine.name}"


def picture(machine: Lifecycle) -> str:
    """Draw states, the steps between them and what the steps are called on the buttons."""
    layout = Layout(machine)
    drawn = Picture(title(machine), *layout.size)
    drawn.text(MARGIN, 34, drawn.title, "title")
    drawn.text(MARGIN, 56, " ".join(CAPTION), "note")
    for number in range(len(layout.routes)):
        _draw_route(drawn, layout, number)
    for upper, lower, label in layout.along:
        _draw_next(drawn, layout, upper, lower, label)
    _draw_beginning(drawn, layout)
    for state in layout.y:
        _draw_state(drawn, layout, state)
    return drawn.render()


def _draw_route(drawn: Picture, layout: Layout, number: int) -> None:
    route = layout.routes[number]
    lane, last = layout.lane_x(number), len(route.starts)
    goal = (layout.edge_x(route.end, route.side), layout.ports[number, last])
    begins = [(layout.edge_x(start, route.side), layout.ports[number, end]) for end, start in enumerate(route.starts)]
    drawn.path([part for begin in begins for part in corner(begin, lane, goal)], "back" if route.back else "line")
    for end, state in enumerate(route.touched):
        if (text := route.labels.get(state)) and (end < last or state not in route.starts):
            drawn.text(layout.edge_x(state, route.side) - 12, layout.ports[number, end] - 4, text, "label", "end")


def _draw_next(drawn: Picture, layout: Layout, upper: str, lower: str, label: str) -> None:
    x = layout.main_left + BOX / 2
    top = layout.y[upper] + layout.height(upper) / 2
    bottom = layout.y[lower] - layout.height(lower) / 2
    drawn.path((f"M{x:.0f} {top:.0f}V{bottom:.0f}",))
    drawn.text(x + 8, (top + bottom) / 2 + 3, label, "label")


def _draw_beginning(drawn: Picture, layout: Layout) -> None:
    first = layout.path[0]
    x, top = layout.edge_x(first, LEFT) + BOX / 2, layout.y[first] - layout.height(first) / 2
    drawn.dot(x, top - 26)
    drawn.path((f"M{x:.0f} {top - 20:.0f}V{top:.0f}",))


def _draw_state(drawn: Picture, layout: Layout, state: str) -> None:
    left, middle, height = layout.left_of(state), layout.y[state], layout.height(state)
    drawn.box(left, middle - height / 2, BOX, height, "box" if state in layout.path else "quiet")
    if state in layout.machine.final:
        drawn.box(left + 4, middle - height / 2 + 4, BOX - 8, height - 8, "inner")
    drawn.text(left + BOX / 2, middle - 2, layout.machine.states[state], "name", "middle")
    drawn.text(left + BOX / 2, middle + 15, str(state), "code", "middle")
