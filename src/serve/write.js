// The actions of the desk: each sends its request with the token of this server, and shows what came of it. The list of
// stories follows by itself when the files have been read.
(() => {
  "use strict";

  const section = document.querySelector("#write[data-token]");
  if (!section) return;
  const answer = section.querySelector("[data-answer]");
  const { token } = section.dataset;

  async function send(act, type, body) {
    const headers = { "content-type": type, "x-dateline-token": token };
    const buttons = section.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    try {
      const response = await fetch(`/_dateline/${act}`, { method: "POST", headers, body });
      // The server escapes what it quotes.
      answer.innerHTML = await response.text();
      return response.ok;
    } catch {
      answer.textContent = "The server does not answer. Is it still running?";
      return false;
    } finally {
      section.querySelectorAll("button").forEach((button) => { button.disabled = false; });
      answer.focus({ preventScroll: true });
      answer.scrollIntoView({ block: "nearest" });
    }
  }

  async function submit(form) {
    if (form.dataset.act === "new") {
      const { title, kind } = form.elements;
      return send("new", "application/json", JSON.stringify({ kind: kind.value, title: title.value }));
    }
    // A file goes as it is: the server knows the encodings of wire copy.
    const { copy, file } = form.elements;
    const body = file.files.length ? file.files[0] : new Blob([copy.value]);
    return send("wire", "application/octet-stream", body);
  }

  section.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await submit(event.target)) {
      event.target.reset();
      event.target.closest("details").open = false;
    }
  });

  section.addEventListener("click", (event) => {
    const button = event.target.closest("[data-publish]");
    if (button) send("publish", "application/json", JSON.stringify({ file: button.dataset.publish }));
  });
})();
