export function removeDates(document) {}
