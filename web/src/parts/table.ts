// A column of a DataTable; the cell is the row's value of that key unless the page gives a slot `cell-<key>`.
export interface Column<Row> {
  key: string
  title: string
  value?: (row: Row) => string | number | null | undefined
  align?: 'right' | 'center'
  width?: string
  nowrap?: boolean
}
