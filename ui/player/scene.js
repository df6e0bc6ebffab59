// Hands the page what Python sent, and a way to answer. It is a component of its own for two reasons: the player and what
// follows it are sent to the browser only once, and an answer reruns only the fragment that the scene is part of.

export default function scene({ data, setTriggerValue }) {
  window.playerScene = {
    message: data,
    report: (position) => setTriggerValue("position", position),
    answer: (answers) => setTriggerValue("answers", answers),
    choose: (neuron) => setTriggerValue("neuron", neuron),
  };
  document.dispatchEvent(new Event("playerscene"));
}
