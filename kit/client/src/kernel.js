// The line to the page's kernel: JupyterLab's own, which takes itself up again when it breaks.

import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";

const TARGET = "jupyter.widget";

/** Open the line. `onState` is told how it stands: connecting, connected, disconnected or dead. */
export function connect({ kernelId, baseUrl }, onState) {
  const { href } = new URL(baseUrl, location.href);
  const kernel = new KernelConnection({
    model: { id: kernelId, name: "python3" },
    serverSettings: ServerConnection.makeSettings({
      baseUrl: href,
      wsUrl: href.replace(/^http/, "ws"),
      token: "",
      appendToken: false,
    }),
    commsOverSubshells: "disabled", // they would be asked for in messages the server lets nobody send
  });
  const tell = () => onState(kernel.status === "dead" ? "dead" : kernel.connectionStatus);
  kernel.connectionStatusChanged.connect(tell);
  kernel.statusChanged.connect(() => kernel.status === "dead" && tell());
  return kernel;
}

/** The line to a widget that Python has made already. */
export const commOf = (kernel, id) => kernel.createComm(TARGET, id);
