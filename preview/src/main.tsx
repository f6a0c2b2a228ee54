import { initPluginTranslations } from "@grafana/i18n";
import { createRoot } from "react-dom/client";
import { Page } from "./page";

// Grafana's components take their texts from translations, of which English is built in.
await initPluginTranslations("preview");
const element = document.getElementById("page");
if (element) createRoot(element).render(<Page />);
