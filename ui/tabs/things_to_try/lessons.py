"""Things to try with hidden layers: one neuron can't, two can, four nearly always do."""

from ui.examples import DEEP, EQUAL, IFF, NONE, RELU, TWO, VANISHING, button


def text() -> str:
    """HTML: the lessons."""
    in_tug_of_war = {**VANISHING, "tab": "tug-of-war"}
    lessons = (
        f"{button('One neuron', NONE)}: how many plates does it get right? Its plane cuts the cube once.",
        f"{button('Two hidden neurons', TWO)} can. What has each found? From {button('another start', TWO, seed=3)} "
        "the same two get stuck: about two starts in three succeed.",
        f"{button('Three', layers=(3,))} do it from nearly every start, and {button('four')} from as good as every "
        "one. What does the fourth find?",
        f"{button('Four that start equal', EQUAL)}: why do they never differ, however long they train?",
        f"{button('Four ReLU neurons', RELU, seed=3)}: about one start in five succeeds. Here some are dead: they "
        "answer 0 to every plate. Why can nothing wake them?",
        f"{button('Three layers of sigmoid', DEEP, **in_tug_of_war | {'epoch': 0})}: how small is the first layer’s "
        f"gradient? After {button('all epochs', DEEP, **in_tug_of_war)} it has not learned a thing, but "
        f"{button('tanh', DEEP, **{**VANISHING, 'activation': 'tanh'})} gets every plate right.",
        f"One more that {button('one neuron', NONE, data=IFF)} can’t do and {button('two can', TWO, data=IFF)}: coffee "
        "if and only if chili. Pizza has no say: how does the network see to that?",
    )
    return (
        "<p><b>One neuron can’t, two can, four nearly always do.</b> Happy with an odd number of ingredients, so that "
        "each one more turns the answer. Before you press, guess what you will see:</p>"
        f"<ul>{''.join(f'<li>{lesson}</li>' for lesson in lessons)}</ul>"
    )
