// The dialog that shows a newer version beside what was entered.
import { html } from 'lit';

// rows: [{label, mine, theirs}] as texts, mine null where it was not changed; actions: {save, take, edit}.
export const conflictDialog = (t, rows, { save, take, edit }) => html`
  <dialog
    class="conflict"
    aria-labelledby="conflict-title"
    aria-describedby="conflict-text"
    @cancel=${(event) => {
      event.preventDefault();
      edit();
    }}
  >
    <div class="dialog-head"><h2 id="conflict-title" tabindex="-1" autofocus>${t('conflictTitle')}</h2></div>
    <div class="dialog-body">
      <p id="conflict-text">${t('conflictText')}</p>
      <table>
        <caption class="visually-hidden">
          ${t('conflictTitle')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('conflictField')}</th>
            <th scope="col">${t('conflictMine')}</th>
            <th scope="col">${t('conflictTheirs')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ label, mine, theirs }) => html`
              <tr>
                <th scope="row" data-label=${t('conflictField')}>${label}</th>
                <td data-label=${t('conflictMine')}>
                  ${mine === null ? html`<span class="muted">${t('conflictUntouched')}</span>` : mine}
                </td>
                <td data-label=${t('conflictTheirs')}>${theirs}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      <div class="actions">
        <button type="button" class="primary" @click=${save}>${t('conflictSave')}</button>
        <button type="button" @click=${take}>${t('conflictTake')}</button>
        <button type="button" class="quiet" @click=${edit}>${t('conflictEdit')}</button>
      </div>
    </div>
  </dialog>
`;
