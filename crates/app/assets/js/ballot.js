// A ballot is sent until the server has acknowledged it: the network may go, the server may start anew. The ballot keeps its
// token, so that however often it is sent it is counted once. Without this script the form is sent as any other.
"use strict";
(() => {
  const root = document.querySelector("[data-live]");
  const WAIT_MS = 8000;
  const PAUSE_MS = 1500;
  const pause = () => new Promise((done) => setTimeout(done, PAUSE_MS));

  const send = async (form, body) => {
    const answer = await fetch(form.action || location.href, {
      method: "POST",
      body,
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(WAIT_MS),
    });
    if (answer.status === 422 || answer.status === 404) return null;
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const tell = (form, words, receipt) => {
    const taken = document.createElement("p");
    taken.setAttribute("role", "status");
    taken.textContent = words;
    if (receipt) {
      const code = document.createElement("span");
      code.className = "receipt";
      code.textContent = receipt;
      taken.append(document.createElement("br"), code);
    }
    form.replaceWith(taken);
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-ballot]");
    if (!form || !root) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const button = form.querySelector("button");
    const label = button.textContent;
    button.disabled = true;
    button.textContent = form.dataset.sending;
    for (;;) {
      try {
        const answer = await send(form, body);
        if (answer) return tell(form, answer.receipt ? form.dataset.receipt : form.dataset.taken, answer.receipt);
        button.disabled = false;
        button.textContent = label;
        // The page of the refusal says every reason.
        return form.submit();
      } catch {
        button.textContent = form.dataset.again;
        await pause();
      }
    }
  });
})();
