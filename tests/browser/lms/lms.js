// A learning platform as strict as SCORM 1.2 lets it be. What it is told it keeps for the next
// visit, as a platform does; whatever breaks the standard lands in `window.faults`.

const KEPT = "lms";
const CALLS = [];
const FAULTS = [];
window.calls = CALLS;
window.faults = FAULTS;

const text = (most) => (value) => value.length <= most && !/[\r\n]/.test(value);
const decimal = (value) => /^-?[0-9]{1,3}(\.[0-9]+)?$/.test(value) && value >= 0 && value <= 100;
const oneOf = (...words) => (value) => words.includes(value);
const READ = ["cmi.core.lesson_mode", "cmi.core.lesson_status", "cmi.suspend_data", "cmi.interactions._count"];
const WRITE = {
  "cmi.core.lesson_status": oneOf("passed", "completed", "failed", "incomplete", "browsed"),
  "cmi.core.lesson_location": text(255),
  "cmi.core.score.raw": decimal,
  "cmi.core.score.min": decimal,
  "cmi.core.score.max": decimal,
  "cmi.core.exit": oneOf("time-out", "suspend", "logout", ""),
  "cmi.core.session_time": (value) => /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/.test(value),
  "cmi.suspend_data": text(4096),
  "cmi.comments": text(4096),
  "cmi.interactions.n.id": (value) => /^[\u0021-\u007E]{1,255}$/.test(value),
  "cmi.interactions.n.time": (value) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value),
  "cmi.interactions.n.type": oneOf("choice", "fill-in", "sequencing", "numeric", "performance"),
  "cmi.interactions.n.student_response": text(255),
  "cmi.interactions.n.result": oneOf("correct", "wrong", "unanticipated", "neutral"),
  "cmi.interactions.n.correct_responses.n.pattern": text(255),
};

const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
let open = false;
let count = kept["cmi.interactions._count"] ?? 0;

function fault(said) {
  FAULTS.push(said);
  return "false";
}

window.API = {
  LMSInitialize(argument) {
    CALLS.push(["LMSInitialize", argument]);
    if (open || argument !== "") return fault("initialized twice, or with an argument");
    open = true;
    return "true";
  },
  LMSGetValue(name) {
    CALLS.push(["LMSGetValue", name]);
    if (!open || !READ.includes(name)) return fault(`read ${name}`);
    if (name === "cmi.interactions._count") return String(count);
    const standing = { "cmi.core.lesson_status": "not attempted", "cmi.core.lesson_mode": "normal" };
    return kept[name] ?? standing[name] ?? "";
  },
  LMSSetValue(name, value) {
    CALLS.push(["LMSSetValue", name, value]);
    const general = name.replace(/\.\d+(?=\.)/g, ".n");
    if (!open || typeof value !== "string" || !WRITE[general]?.(value)) return fault(`${name} = ${value}`);
    const place = /^cmi\.interactions\.(\d+)\./.exec(name);
    if (place && Number(place[1]) > count) return fault(`${name} skips a place`);
    if (place && Number(place[1]) === count) {
      if (!name.endsWith(".id")) return fault(`${name} comes before the id`);
      count += 1;
    }
    kept[name] = value;
    return "true";
  },
  LMSCommit(argument) {
    CALLS.push(["LMSCommit", argument]);
    if (!open) return fault("committed while closed");
    localStorage.setItem(KEPT, JSON.stringify({ ...kept, "cmi.interactions._count": count }));
    return "true";
  },
  LMSFinish(argument) {
    CALLS.push(["LMSFinish", argument]);
    if (!open) return fault("finished twice");
    open = false;
    return "true";
  },
  LMSGetLastError: () => "0",
  LMSGetErrorString: () => "",
  LMSGetDiagnostic: () => "",
};
window.kept = () => JSON.parse(localStorage.getItem(KEPT) ?? "{}");
