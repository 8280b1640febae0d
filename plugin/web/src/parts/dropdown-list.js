// The popover of a Dropdown: drawn in the page's colours, kept beside its button, closed by Escape.
import { html } from 'lit';

// onToggle: what the element does when it opens or closes.
export const dropdownList = (dropdown, onToggle, content) => html`
  <div
    class="list page-colours"
    id="list"
    popover
    @beforetoggle=${dropdown.colour}
    @toggle=${onToggle}
    @keydown=${dropdown.onKey}
  >
    ${content}
  </div>
`;
