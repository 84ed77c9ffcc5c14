/** A browser that runs, and is told what to do from outside. */
export interface BrowserDriver {
  open(): Promise<DrivenPage>;
  /** Ends the browser and all that was started for it. */
  close(): Promise<void>;
}

export interface DrivenPage {
  goto(url: string): Promise<void>;
  url(): Promise<string>;
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks as a viewer does: the page gets real events, and what only a viewer may ask for. */
  click(x: number, y: number): Promise<void>;
  close(): Promise<void>;
}
