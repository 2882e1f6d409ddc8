#include "bindings/python/arrow_texts.hpp"

#include "rules/table/column.hpp"
#include "rules/table/export.hpp"
#include "rules/table/fault.hpp"

#include <memory>
#include <string>

namespace spie::python {

namespace {

using table::Column;
using table::Form;
using table::Layout;

// Bytes lie as texts do: they are read as those, which nothing here looks into.
void as_texts(table::SchemaData &schema) {
  if (schema.format == "z" || schema.format == "Z" || schema.format == "vz")
    schema.format.replace(schema.format.size() - 1, 1, schema.format.back() == 'z' ? "u" : "U");
  for (table::SchemaData &one : schema.children)
    as_texts(one);
  for (table::SchemaData &one : schema.dictionary)
    as_texts(one);
}

class Reading {
public:
  Reading(py::handle column, const char *name) : name_(name) { take_table(stream_.held, column); }

  ArrowTexts read() {
    Releasing<ArrowSchema> given, schema;
    check(stream_.held.get_schema(&stream_.held, &given.held));
    if (given.held.release == nullptr || given.held.format == nullptr)
      throw table::fault(Code::table_arrow, "the schema of the column is released or has no format", name_);
    table::SchemaData whole{"+s", {}, {}, 0, {table::copied(given.held)}, {}}; // as a table of one column
    as_texts(whole.children.front());
    table::give(schema.held, whole);
    const Layout outer = table::read_layout(schema.held);
    const Layout &layout = outer.children.front();
    const Form form = layout.values().form;
    if (form != Form::text && form != Form::large_text && form != Form::text_view)
      refuse("is a column of '" + given_format(given.held) + "', and not of texts or bytes",
             "give one column of texts or bytes");
    ArrowTexts read;
    while (true) {
      read.arrays.emplace_back();
      ArrowArray &array = read.arrays.back().held;
      check(stream_.held.get_next(&stream_.held, &array));
      if (array.release == nullptr)
        break;
      std::size_t dictionaries = 0;
      const Column column = table::read_column(layout, array, dictionaries);
      for (std::int64_t row = 0; row < column.length; ++row)
        read.texts.push_back(text(column, row, read.texts.size()));
    }
    read.arrays.pop_back();
    return read;
  }

private:
  [[noreturn]] void refuse(const std::string &what, const std::string &remedy) const {
    throw Error(Diagnostic{Code::api_argument, Level::error, std::string(name_) + " " + what + ": " + remedy + ".",
                           name_, remedy + "."});
  }
  static std::string given_format(const ArrowSchema &schema) { return schema.format == nullptr ? "" : schema.format; }

  void check(int code) {
    if (code == 0)
      return;
    const char *fault = stream_.held.get_last_error(&stream_.held);
    throw table::fault(Code::table_stream, "The column cannot be read: " + std::string(fault == nullptr ? "" : fault),
                       name_);
  }

  std::string_view text(const Column &column, std::int64_t row, std::size_t rank) const {
    if (column.layout->form == Form::run_end)
      return text(column.children[1], column.run(row), rank);
    if (column.is_null(row))
      refuse("has no text in its row " + std::to_string(rank + 1), "leave the rows without one out");
    return column.dictionary == nullptr ? column.text(row) : text(*column.dictionary, column.index(row), rank);
  }

  const char *name_;
  Releasing<ArrowArrayStream> stream_;
};

} // namespace

ArrowTexts read_texts(py::handle column, const char *name) {
  Reading reading(column, name);
  const py::gil_scoped_release release;
  return reading.read();
}

} // namespace spie::python
