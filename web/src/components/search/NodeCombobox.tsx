import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { Highlight } from './Highlight';
import { useSuggestions, type Hit } from './useSuggestions';

interface Props {
  label: string;
  placeholder: string;
  onPick: (hit: Hit) => void;
  /** Enter without a suggestion chosen; where absent, the first suggestion is taken. */
  onSubmit?: (text: string) => void;
}

/** A text field that suggests nodes by name, code, alias or definition. */
export function NodeCombobox({ label, placeholder, onPick, onSubmit }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const hits = useSuggestions(text);
  const shown = open && hits.length > 0;

  const pick = (hit: Hit) => {
    setOpen(false);
    setText('');
    onPick(hit);
  };
  const submit = () => {
    const chosen = hits[active] ?? (onSubmit === undefined ? hits[0] : undefined);
    if (chosen !== undefined) pick(chosen);
    else if (text.trim() !== '') {
      setOpen(false);
      onSubmit?.(text.trim());
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return; // an input method is still choosing characters
    if (event.key === 'Enter') submit();
    else if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'ArrowDown') setActive(Math.min(hits.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(-1, active - 1));
    else return;
    event.preventDefault();
  };

  return (
    <div className="combobox" role="search" aria-label={label}>
      <input
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}${active}` : undefined}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}list`} role="listbox" aria-label={label} hidden={!shown}>
        {hits.map((hit, place) => (
          <li
            key={hit.node.id}
            id={`${id}${place}`}
            role="option"
            aria-selected={place === active}
            onMouseDown={(event) => {
              event.preventDefault(); // keeps the focus, so that the list is still there for the click
              pick(hit);
            }}
          >
            <span className="kind">{t(`kind.${hit.node.__typename}`)}</span>
            <Highlight html={hit.highlight} />
          </li>
        ))}
      </ul>
    </div>
  );
}
