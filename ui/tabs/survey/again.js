// Asks Python for the next slice of work as soon as the browser has the last: in between, everybody else is served.

export default function again({ data, setTriggerValue }) {
  setTriggerValue("next", data.slice);
}
