// Whether system messages are shown: {shown, go(shown)}.
export const systemToggle = (t, { shown, go }) => html`
  <label class="toggle">
    <input type="checkbox" .checked=${shown} @change=${(event) => go(event.target.checked)} />
    ${t('showSystem')}
  </label>
`;

// A button that keeps the focus while it cannot be used.
const step = ({ enabled, go }, content) => html`
  <button type="button" class="small quiet" aria-disabled=${!enabled} @click=${() => enabled && go()}>${content}</button>
`;

// Older, Newer, Refresh: each {enabled, go}; without `newer` one only walks back. `system`: as above.
import { html, nothing } from 'lit';
import { refresh as refreshIcon } from './icons.js';

export const walkBar = (t, { older, newer, system, refresh }) => html`
  <div class="walk">
    ${step(older, html`<span aria-hidden="true">‹</span>${t('older')}`)}
    ${newer ? step(newer, html`${t('newer')}<span aria-hidden="true">›</span>`) : nothing}
    <span class="grow"></span>
    ${step(refresh, html`${refreshIcon}${t('refresh')}`)}
    ${systemToggle(t, system)}
  </div>
`;
