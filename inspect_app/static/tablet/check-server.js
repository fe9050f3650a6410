// The way to the server: is it ours that answers, and how far is this clock from its own.

const FAR = 300;

async function ask(address) {
  const answer = await fetch(address, { cache: "no-store", redirect: "error" });
  return { at: Date.parse(answer.headers.get("Date") || ""), told: await answer.json() };
}

// A page of a hotel or of a proxy answers as well; only ours answers this.
export async function server({ texts, health }) {
  try {
    const { told } = await ask(health);
    return told.status === "ok" ? { state: "done", text: texts.serverYes } : { state: "late", text: texts.serverOther };
  } catch (error) {
    return error instanceof SyntaxError ? { state: "late", text: texts.serverOther } : { state: "wait", text: texts.serverNo };
  }
}

export async function clock({ texts, health }) {
  const before = Date.now();
  let at;
  try {
    ({ at } = await ask(health));
  } catch {
    return { state: "none", text: texts.clockUnknown };
  }
  const offset = Math.round(((before + Date.now()) / 2 - at) / 1000);
  if (Number.isNaN(offset)) {
    return { state: "none", text: texts.clockUnknown };
  }
  const text = (offset > 0 ? texts.clockAhead : texts.clockBehind).replace("{n}", spoken(Math.abs(offset), texts));
  return Math.abs(offset) > FAR ? { state: "wait", text } : { state: "done", text: texts.clockRight };
}

function spoken(seconds, texts) {
  const [size, unit] = seconds >= 86400 ? [86400, texts.days] : seconds >= 3600 ? [3600, texts.hours] : [60, texts.minutes];
  return `${Math.round(seconds / size)} ${unit}`;
}
