"""One epoch by hand: what it prints can be checked on a calculator, and what it says is true of every step."""

import ast
import re
from collections.abc import Callable
from decimal import Decimal, localcontext
from html import unescape
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from playwright.sync_api import Page, expect

from nnlib import History, NeuralNetwork, cost, datasets, explain, gradient, train
from nnlib.optimizers import OPTIMIZERS
from tests.test_page import html, visit
from tests.test_step_tabs import EXPONENTS, Cells, differs, number, output, run
from ui.settings import LEARNING_RATES
from ui.tabs import printed
from ui.tabs.by_hand.ledger import Ledger
from ui.tabs.by_hand.sentences import cost_sentence, opening
from ui.tabs.by_hand.slope_chart import alternative, sentence, slope_chart, slope_of, steepest
from ui.tabs.by_hand.tables import backward_table, forward_table, update_table, way_table
from ui.tabs.by_hand.walk import in_html, walk
from ui.tabs.step import View, views

NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")


def calculated(formula: str) -> Decimal:
    """What a calculator makes of a printed formula: 2 · (−0.38) · σ(0.5) or (0.1 − 0.2) / 2."""
    python = NUMBER.sub(lambda found: f"D('{found[1]}e{(found[2] or '0').translate(EXPONENTS)}')", formula)
    for ours, theirs in (("−", "-"), ("·", "*"), ("²", "**2"), ("σ", "S"), ("tanh", "T"), ("max", "M")):
        python = python.replace(ours, theirs)

    def value(node: ast.expr) -> Decimal:
        match node:
            case ast.Call(func=ast.Name(id="D"), args=[ast.Constant(value=str(digits))]):
                return Decimal(digits)
            case ast.Call(func=ast.Name(id="S"), args=[z]):
                return 1 / (1 + (-value(z)).exp())
            case ast.Call(func=ast.Name(id="T"), args=[z]):
                return 2 / (1 + (-2 * value(z)).exp()) - 1
            case ast.Call(func=ast.Name(id="M"), args=[zero, z]):
                return max(value(zero), value(z))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -value(operand)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return value(left) + value(right)
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return value(left) - value(right)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return value(left) * value(right)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return value(left) / value(right)
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=2)):
                return value(left) ** 2
        raise ValueError(f"not for a calculator: {formula}")

    with localcontext(prec=50):
        return value(ast.parse(python.strip(), mode="eval").body)


def follows(formula: str, result: str) -> bool:
    """Whether `result` is what the calculator has, rounded to the digits of `result`; of a half either way."""
    shown = calculated(result)
    mantissa, _, exponent = result.partition(" × 10")
    unit = Decimal(10) ** (int(exponent.translate(EXPONENTS) or 0) - len(mantissa.partition(".")[2]))
    return abs(calculated(formula) - shown) <= unit / 2


def walk_lines(view: View, row: int, parameter: int) -> list[tuple[str, str, str]]:
    """Every (formula, sign, result) of the walk, from its HTML."""
    found = []
    for numbers in re.findall('class="numbers".*?>(.*?)</span></span>', in_html(walk(Ledger(view), row, parameter))):
        for line in numbers.split("</span><span>"):
            text = re.sub(r"^[\w .]+: ", "", unescape(re.sub("<.*?>", "", line)))
            if re.search(" [=≈] ", text) and not text.startswith("ReLU′(z) ="):
                formula, sign, result = re.split(" ([=≈]) ", text)[-3:]
                found.append((formula, sign, result))
    assert not view.is_alone or len(found) == 9 - (view.step.optimizer.name == "adam") + len(view.sources)
    assert len(found) >= 6 + len(view.sources)
    return found


def table_lines(view: View) -> list[tuple[str, str, str]]:
    """Every (formula, sign, result) of the three tables, each formula with the numbers of its own row."""
    ledger = Ledger(view)
    forward, backward, update = (
        Cells(table).rows[1:] for table in (forward_table(ledger, 0), backward_table(ledger, 0), update_table(ledger))
    )
    lines: list[tuple[str, str, str]] = []

    def bare(cell: str) -> str:
        return cell.removeprefix("≈ ")

    def factor(cell: str) -> str:
        return f"({bare(cell)})"

    def add(formula: str, cell: str) -> None:
        lines.append((formula, "≈" if cell.startswith("≈") else "=", bare(cell)))

    *rows, mean = forward
    for _, y, z, p, miss, square in rows:
        add(f"σ({z})", p)
        add(f"{factor(p)} − {y}", miss)
        add(f"{factor(miss)}²", square)
    add(f"({' + '.join(factor(row[5]) for row in rows)}) / {len(rows)}", mean[5])
    for (name, _, _, p, miss, _), (_, by_z, *slopes) in zip(rows, backward[:-1], strict=True):
        add(f"{factor(p)} · (1 − {factor(p)})", by_z)
        for x, slope in zip([*name, "1"], slopes, strict=False):
            add(f"2 · {factor(miss)} · {factor(by_z)} · {x}", slope)
    for place, cell in enumerate(backward[-1][2:], 2):
        add(f"({' + '.join(factor(row[place]) for row in backward[:-1])}) / {len(rows)}", cell)
    rate = re.findall(r">([\d.]+) × gradient<", update_table(ledger))[0]
    for _, old, slope, step, new in update:
        add(f"{rate} · {factor(slope)}", step)
        add(f"{factor(old)} − {factor(step)}", new)
    return lines


def states(count: int) -> list[tuple[str, View]]:
    """Random states of the page: data, generation, rate, start, epoch."""
    random = np.random.default_rng(19)
    found: list[tuple[str, View]] = []
    while len(found) < count:
        data, bias = "".join("yn-"[letter] for letter in random.integers(0, 3, 8)), bool(random.random() < 0.7)
        rate = LEARNING_RATES[random.integers(len(LEARNING_RATES))] if bias else 1.0
        if data == "--------":
            continue
        network = NeuralNetwork.random((3, 1), seed=int(random.integers(1_000_000)), bias=bias)
        epochs = int(random.integers(1, 3_000))
        epoch = (0, epochs, int(random.integers(epochs + 1)))[random.integers(3)]
        history = train(network, datasets.plates(data), learning_rate=rate, epochs=epochs)
        found.append((f"{data}, rate {rate:g}, epoch {epoch}", output(history, epoch)))
    return found


def test_whatever_follows_an_equals_sign_follows_from_the_printed_digits() -> None:
    random = np.random.default_rng(7)
    equal = lines = 0
    for about, view in states(60):
        row, parameter = int(random.integers(len(view.neuron.z))), int(random.integers(len(view.sources)))
        for formula, sign, result in [*walk_lines(view, row, parameter), *table_lines(view)]:
            assert follows(formula, result) is (sign == "="), f"{about}: {formula} {sign} {result}"
            lines += 1
            equal += sign == "="
    assert equal > 2_000
    # Where ≈ is the rule, the reader learns nothing by checking.
    assert equal / lines > 0.93


def deep_states(count: int) -> list[tuple[str, History, View]]:
    """Random neurons of random networks with hidden layers, at random epochs."""
    random = np.random.default_rng(20)
    found = []
    for _ in range(count):
        layers = (3, *random.integers(1, 9, random.integers(1, 4)).tolist(), 1)
        activation, start, optimizer = (
            str(random.choice(names))
            for names in (["sigmoid", "tanh", "relu"], ["normal", "glorot", "he", "equal"], list(OPTIMIZERS))
        )
        bias, rate = bool(random.random() < 0.7), float(random.choice([0.01, 0.3, 3.0]))
        network = NeuralNetwork.random(
            layers, seed=int(random.integers(1_000)), bias=bias, activation=activation, start=start
        )
        epochs = int(random.integers(1, 300))
        data = datasets.plates("".join(random.choice(list("yn"), 8)))
        history = train(network, data, learning_rate=rate, epochs=epochs, optimizer=optimizer)
        epoch = (0, epochs, int(random.integers(epochs + 1)))[random.integers(3)]
        neurons = list(views(explain(history, epoch)).values())
        about = f"{layers}, {activation}, {start}, {optimizer}, rate {rate:g}, bias {bias}, epoch {epoch}"
        found.append((about, history, neurons[random.integers(len(neurons))]))
    return found


def test_of_a_hidden_layer_too_whatever_follows_an_equals_sign_follows() -> None:
    random = np.random.default_rng(8)
    equal = lines = 0
    for about, _, view in deep_states(80):
        row, parameter = int(random.integers(len(view.neuron.z))), int(random.integers(len(view.sources)))
        for formula, sign, result in [*walk_lines(view, row, parameter), *deep_table_lines(view)]:
            assert follows(formula, result) is (sign == "="), f"{about}, {view.name}: {formula} {sign} {result}"
            lines += 1
            equal += sign == "="
    assert equal > 2_000
    assert equal / lines > 0.93


def deep_table_lines(view: View) -> list[tuple[str, str, str]]:
    """(formula, sign, result) of each cell that follows from others in its row or column."""
    ledger = Ledger(view)
    forward, backward, update, way = (
        Cells(table).rows[1:]
        for table in (forward_table(ledger, 0), backward_table(ledger, 0), update_table(ledger), way_table(view, 0))
    )
    lines: list[tuple[str, str, str]] = []

    def add(formula: str, cell: str) -> None:
        lines.append((formula, "≈" if cell.startswith("≈") else "=", cell.removeprefix("≈ ")))

    def factor(cell: str) -> str:
        return f"({cell.removeprefix('≈ ')})"

    answer = {"sigmoid": "σ({0})", "tanh": "tanh({0})", "relu": "max(0, {0})"}[view.activation.name]
    for _, *numbers in forward[: len(ledger.z)]:
        z, h = numbers[1:3] if view.is_output else numbers
        add(answer.format(z), h)
    for _, d, slope, delta, *_ in backward[:-1]:
        add(f"{factor(d)} · {factor(slope)}", delta)
    for place, cell in enumerate(backward[-1][4:], 4):
        add(f"({' + '.join(factor(row[place]) for row in backward[:-1])}) / {len(ledger.z)}", cell)
    for _, _, _, d, slope, delta in way:
        add(f"{factor(d)} · {factor(slope)}", delta)
    rate = f"{view.step.learning_rate:g}"
    for _, old, by_weight, *last, step, new in update:
        add(f"{factor(old)} − {factor(step)}", new)
        if last:
            add(f"0.9 · {factor(last[0])} + {rate} · {factor(by_weight)}", step)
        elif not view.step.optimizer.remembers:
            add(f"{rate} · {factor(by_weight)}", step)
    return lines


def test_the_chain_rule_in_numbers_is_that_of_plain_arithmetic() -> None:
    """What is handed back, d, is the sum of weight · δ of where the answer goes; δ is d · slope."""
    functions: dict[str, Callable[[Any], Any]] = {
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "tanh": np.tanh,
        "relu": lambda z: z * (z > 0),
    }
    slopes: dict[str, Callable[[Any], Any]] = {
        "sigmoid": lambda a: a * (1 - a),
        "tanh": lambda a: 1 - a * a,
        "relu": lambda a: 1.0 * (a > 0),
    }
    for about, _, view in deep_states(40):
        network, data = view.step.network, view.step.dataset
        answers = [data.inputs]
        for layer, (weights, bias) in enumerate(zip(network.weights, network.biases)):
            z = answers[-1] @ weights + bias
            name = "sigmoid" if layer == len(network.weights) - 1 else network.activation.name
            answers.append(functions[name](z))
        d = 2 * (answers[-1] - data.labels)
        for layer in range(len(network.weights) - 1, view.layer - 1, -1):
            name = "sigmoid" if layer == len(network.weights) - 1 else network.activation.name
            delta = d * slopes[name](answers[layer + 1])
            handed_back, d = d, delta @ network.weights[layer].T
        ledger = Ledger(view)
        for printed_numbers, exact in (
            (ledger.handed_back, handed_back[:, view.number]),
            (ledger.own, delta[:, view.number]),
            (ledger.activations, answers[view.layer + 1][:, view.number]),
        ):
            assert not [each.text for each, value in zip(printed_numbers, exact) if differs(each.text, value)], about
        for row, exact in enumerate(handed_back[:, view.number].tolist()):
            assert float(ledger.back(row).value) == pytest.approx(exact, rel=1e-3, abs=1e-5), about
        x = answers[view.layer]
        gradient = x.T @ delta[:, view.number] / len(x)
        assert view.neuron.gradient[: x.shape[1]] == pytest.approx(gradient, abs=1e-12), about


def test_the_steps_of_the_table_are_those_of_the_run_whatever_the_optimizer() -> None:
    for about, _, view in deep_states(60):
        ledger = Ledger(view)
        shown = [number(each.text) for each in ledger.steps]
        assert shown == pytest.approx(view.neuron.old - view.neuron.new, rel=1e-2, abs=1e-5), about
        assert ("0.9 × last step" in update_table(ledger)) is (view.step.optimizer.name == "momentum")
        assert ("× gradient" in update_table(ledger)) is (view.step.optimizer.name != "adam")


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_of_a_single_neuron_too_the_step_is_what_the_optimizer_makes_of_it(optimizer: str) -> None:
    history = train(
        NeuralNetwork.random((3, 1), seed=0), datasets.happiness(), learning_rate=0.3, epochs=40, optimizer=optimizer
    )
    for epoch in (0, 1, 17, 40):
        view = output(history, epoch)
        for formula, sign, result in walk_lines(view, 0, 0):
            assert follows(formula, result) is (sign == "=")
        ledger = Ledger(view)
        rows = Cells(update_table(ledger)).rows[1:]
        shown = [number(row[-2]) for row in rows]
        assert shown == pytest.approx(view.neuron.old - view.neuron.new, abs=1e-5)
        assert ("0.9 × last step" in update_table(ledger)) is (optimizer == "momentum")
        if optimizer == "momentum":
            last = view.neuron.old - view.neuron.new - 0.3 * view.neuron.gradient
            assert [0.9 * number(row[3]) for row in rows] == pytest.approx(last, abs=1e-5)


def test_a_changed_digit_is_caught() -> None:
    (_, view), *_ = states(1)
    lines = [line for line in [*walk_lines(view, 0, 0), *table_lines(view)] if line[1] == "=" and "." in line[2]]
    assert len(lines) > 10
    for formula, _, result in lines:
        # By 3, as one more may still be a half that is rounded the other way.
        assert not follows(formula, f"{result[:-1]}{(int(result[-1]) + 3) % 10}" if "×" not in result else "9" + result)


@pytest.mark.parametrize(
    ("terms", "result", "sign"),
    [
        ((1.0, -1.2345), -0.23, "="),
        ((0.5, 0.005), 0.50, "="),
        ((0.5, 0.005), 0.51, "="),
        ((0.5, 0.0051), 0.50, "≈"),
    ],
)
def test_a_half_is_rounded_either_way(terms: tuple[float, ...], result: float, sign: str) -> None:
    assert printed.sign(printed.total([printed.number(term, 4) for term in terms]), printed.number(result, 2)) == sign


def test_what_is_small_is_not_printed_as_nothing() -> None:
    tiny = printed.number(-4.6e-34, 5)
    assert tiny.text == "−4.6 × 10⁻³⁴"
    assert tiny.value == Decimal("-4.6e-34")
    assert printed.product(printed.whole(2), tiny).text == "2 · (−4.6 × 10⁻³⁴)"


def test_the_walk_goes_from_the_inputs_to_the_new_value() -> None:
    lines = walk(Ledger(output(run(), 70)), 3, 0)
    terms = [re.sub("<.*?>", "", line.term).split(" of ")[0] for line in lines]
    assert terms[:5] == ["Input", "Product", "Weighted sum z", "Prediction p", "Miss p − y"]
    assert terms[5:] == ["Cost", "Slope", "Slope by the weight", "Gradient", "New value"]
    assert lines[0].numbers[0] == "coffee 1, pizza 0, chili 1"
    assert "coffee + chili" in lines[0].meaning
    assert all(line.numbers and line.meaning.endswith(".") for line in lines)


def test_a_row_asks_nothing_of_a_weight_whose_input_is_0() -> None:
    view = output(run(), 70)
    asked = [walk(Ledger(view), 3, place)[7] for place in range(4)]
    assert ["asks nothing of" in line.meaning for line in asked] == [False, True, False, False]
    assert asked[1].numbers[0].endswith(" · 0 = 0")
    assert "for a bias always 1" in asked[3].meaning


def test_an_empty_plate_is_called_empty() -> None:
    history = train(NeuralNetwork.random((3, 1), seed=0), datasets.plates("y-------"), learning_rate=1.0, epochs=1)
    assert walk(Ledger(output(history, 0)), 0, 3)[0].meaning.startswith("The plate is empty.")


@given(some.sampled_from(LEARNING_RATES), some.integers(0, 50), some.integers(0, 200))
def test_the_cost_sentence_says_which_way_the_cost_went(rate: float, seed: int, epoch: int) -> None:
    history = train(NeuralNetwork.random((3, 1), seed=seed), datasets.happiness(), learning_rate=rate, epochs=200)
    said = cost_sentence(explain(history, epoch), comes_next=epoch == 200)
    after = train(history.network(epoch), history.dataset, learning_rate=rate, epochs=1).cost[1]
    change = after - history.cost[epoch]
    assert ("raise" in said) == (change > 1e-13)
    assert ("lower" in said) == (change < -1e-13)
    assert ("would" in said) is (epoch == 200)
    if "from" in said:
        shown = [
            Decimal(text.translate(EXPONENTS).replace(" × 10", "e"))
            for text in re.findall(r"\d\.\d+(?: × 10[⁻\d⁰¹²³⁴-⁹]+)?", said)
        ]
        assert (shown[1] > shown[0]) == (change > 0)
        assert float(shown[0]) == pytest.approx(history.cost[epoch], rel=0.06, abs=1e-4)


def test_a_step_uphill_is_called_one() -> None:
    history = run(rate=30.0)
    uphill = np.flatnonzero(np.diff(history.cost) > 0)
    assert uphill.size
    for epoch in uphill:
        said = cost_sentence(explain(history, int(epoch)), comes_next=False)
        assert said.startswith("This step raised the cost, from ")
        assert said.endswith(": it was longer than the slope is straight.")


def test_where_nothing_moves_it_says_so() -> None:
    settled = NeuralNetwork([[[800.0], [800.0], [800.0]]], [[-1200.0]])
    view = output(train(settled, datasets.happiness(), learning_rate=1.0, epochs=0), 0)
    assert "leave the cost where it is, at 0.0000" in cost_sentence(view.step, comes_next=True)
    assert "stays at" in sentence(slope_of(view, 0))
    assert slope_chart(slope_of(view, 0)).data


def cost_with(history: History, epoch: int, parameter: int, value: float) -> float:
    parameters = [*history.weights[0][epoch, :, 0], history.biases[0][epoch, 0]]
    parameters[parameter] = value
    network = NeuralNetwork([np.reshape(parameters[:3], (3, 1))], [parameters[3:]])
    return cost(network, history.dataset)


@pytest.mark.parametrize("rate", [0.001, 1.0, 30.0, 100.0])
@pytest.mark.parametrize("parameter", range(4))
@pytest.mark.parametrize("epoch", [0, 37, 2_000])
def test_the_picture_is_the_cost_of_the_network_with_one_weight_moved(rate: float, parameter: int, epoch: int) -> None:
    history = run(rate=rate)
    view = output(history, epoch)
    slope = slope_of(view, parameter)
    found = gradient(history.network(epoch), history.dataset)
    exact = [*found.weights[0][:, 0], found.biases[0][0]][parameter]
    curve, tangent, step, _, now, lands = slope_chart(slope).data
    for x, y in [*zip(curve.x[::20], curve.y[::20]), (now.x[0], now.y[0]), (lands.x[0], lands.y[0])]:
        assert y == pytest.approx(cost_with(history, epoch, parameter, float(x)), abs=1e-12)
    assert now.y[0] == pytest.approx(history.cost[epoch], abs=1e-12)
    assert (tangent.y[1] - tangent.y[0]) / (tangent.x[1] - tangent.x[0]) == pytest.approx(exact, abs=1e-12)
    assert np.interp(now.x[0], tangent.x, tangent.y) == pytest.approx(now.y[0])
    assert step.y[1] == pytest.approx(step.y[0] + exact * (step.x[1] - step.x[0]), abs=1e-12)
    assert lands.x[0] == step.x[1] == pytest.approx(now.x[0] - rate * exact, abs=1e-12)


@pytest.mark.parametrize("rate", [0.001, 1.0, 30.0, 100.0])
def test_both_ends_of_the_step_lie_inside_the_picture(rate: float) -> None:
    history = run(rate=rate, seed=2)
    for epoch in range(0, 40, 3):
        view = output(history, epoch)
        figure = slope_chart(slope_of(view, steepest(view)))
        for end in figure.data[4:]:
            for at, axis in ((end.x[0], figure.layout.xaxis), (end.y[0], figure.layout.yaxis)):
                low, high = axis.range
                assert low + 0.02 * (high - low) < at < high - 0.02 * (high - low)


def test_a_large_rate_visibly_overshoots_and_the_words_say_so() -> None:
    history = run(rate=30.0)
    said = []
    for epoch in range(1, 20):
        view = output(history, epoch)
        slope = slope_of(view, steepest(view))
        before, after = (cost_with(history, epoch, steepest(view), slope.landing + side) for side in (-1e-4, 1e-4))
        turned = (after - before) * slope.gradient < 0
        assert ("overshoots" in sentence(slope)) is turned
        said.append(turned)
    assert any(said)
    view = output(run(rate=0.001), 5)
    assert "overshoots" not in sentence(slope_of(view, steepest(view)))
    assert "both have a cost of" in alternative(slope_of(view, steepest(view)))


def test_a_hidden_weight_has_its_picture_too() -> None:
    history = run(layers=(3, 2, 2, 1), seed=1)
    step = explain(history, 20)
    found = gradient(history.network(20), history.dataset)
    slope = slope_of(View(step, 1, 1), 0)
    assert slope.gradient == pytest.approx(found.weights[1][0, 1], abs=1e-15)
    weights = [layer.copy() for layer in history.network(20).weights]
    weights[1][0, 1] = slope.values[3]
    assert slope.costs[3] == pytest.approx(cost(NeuralNetwork(weights, history.network(20).biases), history.dataset))


def test_it_begins_with_a_button_to_the_first_epoch_and_there_says_that_it_is_the_first() -> None:
    assert 'data-changes="epoch=0">from the first epoch</button>' in opening(70, 5_000)
    assert "button" not in opening(0, 5_000)
    assert 'data-changes="epoch=0"' in html(visit(tab="by-hand", epoch="70"))


@pytest.mark.parametrize("lr", ["0.001", "30", "100"])
@pytest.mark.parametrize("data", ["-n--nyyy", "y-------", "yyyyyyyy"])
def test_no_step_is_called_downhill(lr: str, data: str) -> None:
    for epoch in ("0", "1", "60"):
        assert "downhill" not in html(visit(tab="by-hand", epochs="60", epoch=epoch, lr=lr, data=data))


def test_in_the_browser_the_walk_reveals_its_lines_and_the_button_goes_to_the_first_epoch(page: Page) -> None:
    page.goto("/?tab=by-hand&epoch=70&seed=3")
    lines = page.locator("ol[aria-live] > li:visible")
    expect(lines).to_have_count(1, timeout=20_000)
    step = page.get_by_role("button", name="Next step", exact=True)
    for count in (2, 3):
        step.click()
        expect(lines).to_have_count(count)
    page.get_by_role("button", name="from the first epoch").click()
    expect(page.get_by_text("from epoch 0 to 1")).to_be_visible()
    expect(page.get_by_role("region", name="Score")).to_contain_text("epoch 0")
    expect(page).to_have_url(re.compile(r"epoch=0\b"))
    # The reader has come as far as before, in the new numbers.
    expect(lines).to_have_count(3)
    for _ in range(7):
        step.click()
    expect(lines).to_have_count(10)
    page.get_by_role("button", name="Start over", exact=True).click()
    expect(lines).to_have_count(1)


def test_in_the_browser_the_neuron_looked_at_is_the_one_in_pictures_and_link(page: Page) -> None:
    page.goto("/?generation=third&layers=2&tab=by-hand&epochs=60&epoch=20")
    choice = page.get_by_role("combobox", name="Neuron", exact=True)
    expect(page.get_by_text("It hands its δ back to")).to_be_visible(timeout=20_000)
    # The chain rule's way back: from the output to the neuron that it hands δ to.
    page.get_by_role("button", name="neuron 2", exact=True).and_(page.locator("[data-changes]")).click()
    expect(page.get_by_text("Neuron 2.", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("neuron=1-2"))
    expect(page.locator(".st-key-network [data-neuron='1-2']")).to_have_attribute("aria-pressed", "true")
    # And a neuron that is chosen in a picture is the one looked at.
    page.locator(".st-key-network [data-neuron='1-1']").click()
    expect(page.get_by_text("Neuron 1.", exact=True)).to_be_visible()
    expect(choice).to_have_value("neuron 1")
