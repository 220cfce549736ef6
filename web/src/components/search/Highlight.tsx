const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" };

/** The service's highlight — escaped text with <em> around what matched — as elements, never as HTML. */
export function Highlight({ html }: { html: string }) {
  return (
    <span className="highlight">
      {html.split(/<\/?em>/).map((part, place) => {
        const text = part.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
        return place % 2 === 1 ? <mark key={place}>{text}</mark> : text;
      })}
    </span>
  );
}
