// The page on which a visit is filled while there is a network: answers go to the server one by one.

import { startForm } from "./form.js";
import { Outbox } from "./outbox.js";
import { Photos } from "./photos.js";
import { renew, useRenewal } from "./server.js";

const config = JSON.parse(document.getElementById("fill-state").textContent);

useRenewal(config.answers);
startForm(document, config, {
  outbox: (listeners) => new Outbox(config, listeners),
  photos: (listeners) => new Photos(config, listeners),
  finish: () => window.location.assign(document.getElementById("finish").href),
  refresh: async () => {
    try {
      const { status, body } = await renew();
      return status === 200 ? body : null;
    } catch {
      return null;
    }
  },
});
document.documentElement.classList.add("ready");
