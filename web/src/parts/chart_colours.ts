// The colours of the pages, for charts; lines differ by their dashes too.
export const chart_colours = ['#17617a', '#b3351b', '#8a5300', '#1e6b3c', '#6b7f88', '#7a4f8a']
