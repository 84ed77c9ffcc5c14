import type { DemoConfig } from '../shared/demo-config.js';
import { DELIVERY_FAULTS, ENDPOINT_FAULTS, NO_FAULTS, type Faults } from '../shared/faults.js';
import type { DemoServer } from './demo-server.js';
import { choose, find, onAction } from './find.js';

/** The switches that break things, and the bar that says what is broken. */
export function startFaultPanel(server: DemoServer, config: DemoConfig): void {
  const form = find('#faults', HTMLFormElement);
  removeUnavailable(form, config);
  const show = (): void => {
    showFaults(form, server.faults);
    showFaultBar(form);
  };
  const change = async (wanted: Partial<Faults>): Promise<void> => {
    await server.changeFaults(wanted);
    show();
  };
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) void change(readChange(target));
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  onAction('back-to-normal', () => {
    // The bar goes away with its button: the keyboard must not lose its place.
    if (document.activeElement?.closest('#fault-bar')) find('#players', HTMLElement).focus();
    void change(NO_FAULTS);
  });
  onAction('refuse-segment', () => void server.act('refuse-segment'));
  onAction('revoke-key', () => void server.act('revoke-key'));
  show();
}

/** Faults that the server cannot throw have no switch. */
function removeUnavailable(form: HTMLFormElement, { endpointFaults }: DemoConfig): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[name="endpoint"]')) {
    const isAvailable = input.value === '' || endpointFaults.some((name) => name === input.value);
    if (!isAvailable) input.closest('label')?.remove();
  }
}

/** Only what was switched: the rest may have been set by somebody else. */
function readChange({ name, value }: HTMLInputElement): Partial<Faults> {
  switch (name) {
    case 'endpoint':
      return { endpoint: ENDPOINT_FAULTS.find((fault) => fault === value) ?? null };
    case 'delivery':
      return { delivery: DELIVERY_FAULTS.find((fault) => fault === value) ?? null };
    case 'link':
      return { linkKbps: value === '' ? null : Number(value) };
    case 'clock':
      return { clockSkewSeconds: Number(value) };
    default:
      return {};
  }
}

function showFaults(form: HTMLFormElement, faults: Faults): void {
  choose(form, 'endpoint', faults.endpoint ?? '');
  choose(form, 'delivery', faults.delivery ?? '');
  choose(form, 'link', String(faults.linkKbps ?? ''));
  choose(form, 'clock', String(faults.clockSkewSeconds));
}

function showFaultBar(form: HTMLFormElement): void {
  const active = [...form.querySelectorAll<HTMLInputElement>('input:checked')].filter(
    ({ value }) => value !== '' && value !== '0',
  );
  const isBroken = active.length > 0;
  const parts = active.map((input) => {
    const legend = input.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
    const label = input.closest('label')?.textContent ?? '';
    return `${legend.trim()}: ${label.replaceAll(/\s+/g, ' ').trim().toLowerCase()}`;
  });
  find('#fault-summary', HTMLElement).textContent = isBroken ? `${parts.join('; ')}.` : '';
  find('#fault-bar', HTMLElement).hidden = !isBroken;
  for (const button of form.querySelectorAll<HTMLButtonElement>('[data-action="back-to-normal"]')) {
    button.disabled = !isBroken;
  }
}
