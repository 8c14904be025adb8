// The beginning. What cannot start says so in both languages: the words may be what is missing.

import { startApp } from "./app.js";

const FAULT =
  "打不开。请退出无痕模式、检查手机剩余空间后重新打开；仍不行，请联系社区值班室。 " +
  "Cannot start. Leave private mode, check the free space of the phone and open it again; else call the community office.";
const INSECURE = "请用 https 开头的网址打开。 Open the address that begins with https.";
const frame = document.getElementById("app");
startApp(frame).then((app) => (frame.app = app), report); // for whoever looks into a fault, at the console

function report(error) {
  console.error(error);
  const line = document.createElement("p");
  line.className = "starting";
  line.setAttribute("role", "alert");
  line.textContent = `${isSecureContext ? FAULT : INSECURE} (${error.name}: ${error.message})`;
  frame.replaceChildren(line);
}
