// The page: phones, tabs, and one long poll that says what changed.
import { get, pause, post } from "./api.js";
import { ClockBar } from "./clock.js";
import { ask, newPerson } from "./dialogs.js";
import { make } from "./dom.js";
import { Phone } from "./phone.js";

const MOST_PHONES = 24;
const phones = new Map();
const clock = new ClockBar(ask);
const tabs = document.querySelector(".tabs");
let active = null;

async function addPhones() {
  const { users } = await get("users");
  for (const person of users.slice(0, MOST_PHONES)) {
    if (phones.has(person.id)) continue;
    const phone = new Phone(person, phones.size);
    phones.set(person.id, phone);
    document.querySelector(".phones").append(phone.element);
    tabs.append(make("button", { role: "tab", "data-user": person.id, "data-testid": `tab-${person.role ?? person.id}`, onclick: () => select(person.id) }, person.first_name));
    if (active === null) select(person.id);
  }
}

function select(id) {
  active = id;
  for (const [key, phone] of phones) phone.element.classList.toggle("active", key === id);
  for (const tab of tabs.children) {
    const chosen = Number(tab.dataset.user) === id;
    tab.setAttribute("aria-selected", String(chosen));
    if (chosen) tab.querySelector("i")?.remove();
  }
  const log = phones.get(id)?.element.querySelector(".messages");
  if (log) log.scrollTop = log.scrollHeight;
}

function markUnread(id) {
  if (id === active) return;
  const tab = tabs.querySelector(`[data-user="${id}"]`);
  if (tab && !tab.querySelector("i")) tab.append(make("i", { title: "new" }));
}

async function follow() {
  let pulse = -1;
  for (;;) {
    try {
      const state = await get(`pulse?after=${pulse}&wait=25`);
      const begun = pulse >= 0;
      pulse = state.pulse;
      if (Object.keys(state.chats).some((id) => !phones.has(Number(id)))) await addPhones();
      const behind = [...phones].filter(([id, phone]) => state.chats[id] !== undefined && state.chats[id] !== phone.last);
      await Promise.all([clock.refresh(), ...behind.map(([, phone]) => phone.refresh())]);
      if (begun) behind.forEach(([id]) => markUnread(id));
      document.body.dataset.online = "true";
    } catch {
      document.body.dataset.online = "false";
      await pause(1500);
    }
  }
}

document.querySelector("[data-testid=add-person]").addEventListener("click", async () => {
  const person = await newPerson();
  if (!person) return;
  const { users } = await get("users");
  const id = Math.max(...users.map((user) => user.id)) + 1;
  await post("users", { id, ...person });
  await addPhones();
  if (!phones.has(id)) return;
  select(id);
  phones.get(id).element.scrollIntoView({ behavior: "smooth", inline: "end" });
});

await addPhones();
follow();
