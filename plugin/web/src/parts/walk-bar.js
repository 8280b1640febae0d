// Whether system messages are shown: {shown, go(shown)}.
export const systemToggle = (t, { shown, go }) => html`
  <label class="toggle">
    <input type="checkbox" .checked=${shown} @change=${(event) => go(event.target.checked)} />
    ${t('showSystem')}
  </label>
`;

// Older, Newer, Refresh: each {enabled, go}; without `newer` one only walks back. `system`: as above.
import { html, nothing } from 'lit';
import { refresh as refreshIcon } from './icons.js';

export const walkBar = (t, { older, newer, system, refresh }) => html`
  <div class="walk">
    <button type="button" class="small quiet" ?disabled=${!older.enabled} @click=${older.go}>
      <span aria-hidden="true">‹</span>${t('older')}
    </button>
    ${newer
      ? html`
          <button type="button" class="small quiet" ?disabled=${!newer.enabled} @click=${newer.go}>
            ${t('newer')}<span aria-hidden="true">›</span>
          </button>
        `
      : nothing}
    <span class="grow"></span>
    <button type="button" class="small quiet" aria-disabled=${!refresh.enabled} @click=${refresh.go}>
      ${refreshIcon}${t('refresh')}
    </button>
    ${systemToggle(t, system)}
  </div>
`;
