// One form for what looks the same, as kernel/text.py makes it.

const UNSEEN = /[\s\p{White_Space}\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200d\u2060\ufeff\u202a\u202c-\u202e]/gu;

// Full width to half, nothing invisible, no whitespace at all.
export const squeeze = (raw) => String(raw).normalize("NFKC").replace(UNSEEN, "").normalize("NFKC");
