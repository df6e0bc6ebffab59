"""Why one ingredient has the largest weight: who has pulled it which way, read from the training data."""

from nnlib import History
from ui import words


def largest_weight(history: History, epoch: int) -> str:
    """A sentence or two, for a network without hidden layers, at `epoch`."""
    data, weights = history.dataset, history.weights[0][epoch, :, 0]
    largest = int(abs(weights).argmax())
    name, value = data.names[largest], words.number(weights[largest], 2, sign=True)
    if epoch == 0:
        return f"At epoch 0 the weights are random: that of {name}, {value}, is the largest by chance."
    on_plate = data.inputs == 1
    happy = data.labels[:, 0] >= 0.5
    up, down = on_plate[happy].sum(axis=0), on_plate[~happy].sum(axis=0)
    opening = f"The largest weight is that of **{name}**, {value}."
    if not up[largest] and not down[largest]:
        return f"{opening} No plate of the training data has {name} on it: its weight stays as it was drawn."
    if up[largest] and down[largest]:
        both = (
            f"{words.count(int(up[largest]), 'plate')} that should be happy and on {int(down[largest])} that should not"
        )
        return f"{opening} {name.capitalize()} is on {both}: it is pulled both ways."
    one_way, other_way = ("up", "down") if up[largest] else ("down", "up")
    makes = "happy" if up[largest] else "not happy"
    tied = [other for other, ups, downs in zip(data.names, up, down) if ups and downs]
    others = f" {words.listed(tied).capitalize()} {'is' if len(tied) == 1 else 'are'} pulled both ways." if tied else ""
    return (
        f"{opening} Every plate with {name} in the training data should be {makes}, so it is only ever pulled "
        f"{one_way}, never {other_way}.{others}"
    )
