import type { ValueFacts } from "../facts";
import { hexColour, meaningOf } from "./colours";
import { elementsWithText } from "./texts";

/** Large numbers with their colour: that of the background, or of the number if the background is plain. */
export function valueFacts(panel: Element): readonly ValueFacts[] {
  return [...panel.querySelectorAll<HTMLElement>("[data-value]")].map((value) => {
    const colour = backgroundOf(value) || largestTextColour(value);
    return { text: textOf(value), colour, means: meaningOf(colour) };
  });
}

function backgroundOf(value: HTMLElement): string {
  for (const element of [value, ...value.querySelectorAll("*")]) {
    const { backgroundImage, backgroundColor } = getComputedStyle(element);
    const [painted] =
      /rgba?\([^)]+\)/.exec(backgroundImage.includes("gradient") ? backgroundImage : backgroundColor) ?? [];
    if (painted && !/,\s*0\)$/.test(painted)) return hexColour(painted);
  }
  return "";
}

function textOf(value: HTMLElement): string {
  const texts = elementsWithText(value).map(({ textContent }) => textContent.trim());
  return texts.join(" ");
}

function largestTextColour(value: HTMLElement): string {
  const texts = elementsWithText(value)
    .map((element) => getComputedStyle(element))
    .sort((a, b) => Number.parseFloat(b.fontSize) - Number.parseFloat(a.fontSize));
  return hexColour(texts[0]?.color ?? "");
}
