export const berths = 2;
