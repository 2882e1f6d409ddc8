// Arrow tables written by hand, and answers read back.
#pragma once

#include "tests/catch.hpp"

#include "rules/table/column.hpp"
#include "rules/table/export.hpp"
#include "spie/table/table.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace arrays {

using spie::feel::Value;
using spie::table::ArrayData;
using spie::table::Buffer;
using spie::table::buffer_of;
using spie::table::SchemaData;

struct Column {
  SchemaData schema;
  ArrayData array;
};

inline SchemaData schema(std::string name, std::string format) {
  SchemaData made;
  made.name = std::move(name);
  made.format = std::move(format);
  return made;
}

inline Buffer bits(const std::vector<bool> &values) {
  std::vector<std::uint8_t> bytes((values.size() + 7) / 8);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i])
      bytes[i / 8] = static_cast<std::uint8_t>(bytes[i / 8] | 1U << (i % 8));
  return buffer_of(std::move(bytes));
}

// A column of values of one size; a null is a nullopt.
template <class T> Column plain(std::string name, std::string format, const std::vector<std::optional<T>> &values) {
  Column column{schema(std::move(name), std::move(format)), {}};
  std::vector<bool> valid;
  std::vector<T> held;
  for (const auto &value : values) {
    valid.push_back(value.has_value());
    held.push_back(value.value_or(T()));
    column.array.null_count += !value.has_value();
  }
  column.array.length = static_cast<std::int64_t>(values.size());
  column.array.buffers = {column.array.null_count == 0 ? Buffer() : bits(valid), buffer_of(std::move(held))};
  return column;
}

inline Column booleans(std::string name, const std::vector<std::optional<bool>> &values) {
  Column column{schema(std::move(name), "b"), {}};
  std::vector<bool> valid, held;
  for (const auto &value : values) {
    valid.push_back(value.has_value());
    held.push_back(value.value_or(false));
    column.array.null_count += !value.has_value();
  }
  column.array.length = static_cast<std::int64_t>(values.size());
  column.array.buffers = {bits(valid), bits(held)};
  return column;
}

inline Column texts(std::string name, const std::vector<std::optional<std::string>> &values) {
  Column column{schema(std::move(name), "u"), {}};
  std::vector<bool> valid;
  std::vector<std::int32_t> offsets{0};
  std::vector<char> bytes;
  for (const auto &value : values) {
    valid.push_back(value.has_value());
    if (value)
      bytes.insert(bytes.end(), value->begin(), value->end());
    offsets.push_back(static_cast<std::int32_t>(bytes.size()));
    column.array.null_count += !value.has_value();
  }
  column.array.length = static_cast<std::int64_t>(values.size());
  column.array.buffers = {bits(valid), buffer_of(std::move(offsets)), buffer_of(std::move(bytes))};
  return column;
}

inline Column structure(std::string name, std::vector<Column> members) {
  Column column{schema(std::move(name), "+s"), {}};
  column.array.length = members.empty() ? 0 : members.front().array.length;
  column.array.buffers = {Buffer()};
  for (Column &member : members) {
    column.schema.children.push_back(std::move(member.schema));
    column.array.children.push_back(std::move(member.array));
  }
  return column;
}

// Lists of the items that follow one another; a null is a nullopt.
inline Column lists(std::string name, const std::vector<std::optional<std::int32_t>> &lengths, Column items) {
  Column column{schema(std::move(name), "+l"), {}};
  std::vector<bool> valid;
  std::vector<std::int32_t> offsets{0};
  for (const auto &length : lengths) {
    valid.push_back(length.has_value());
    offsets.push_back(offsets.back() + length.value_or(0));
    column.array.null_count += !length.has_value();
  }
  column.array.length = static_cast<std::int64_t>(lengths.size());
  column.array.buffers = {column.array.null_count == 0 ? Buffer() : bits(valid), buffer_of(std::move(offsets))};
  items.schema.name = "item";
  column.schema.children.push_back(std::move(items.schema));
  column.array.children.push_back(std::move(items.array));
  return column;
}

inline Column dictionary(std::string name, const std::vector<std::optional<std::int32_t>> &indices, Column values) {
  Column column = plain<std::int32_t>(std::move(name), "i", indices);
  column.schema.dictionary.push_back(std::move(values.schema));
  column.array.dictionary.push_back(std::move(values.array));
  return column;
}

// A stream of the batches given, which counts what it handed out and what came back.
class Stream {
public:
  explicit Stream(std::vector<Column> batches) : batches_(std::move(batches)) {}
  explicit Stream(Column batch) { batches_.push_back(std::move(batch)); }

  std::string fails_after; // once the batches are through; empty: it ends
  int released = 0;

  ArrowArrayStream &give() {
    stream_.get_schema = [](ArrowArrayStream *self, ArrowSchema *out) {
      spie::table::give(*out, of(self).batches_.front().schema);
      return 0;
    };
    stream_.get_next = [](ArrowArrayStream *self, ArrowArray *out) {
      Stream &me = of(self);
      out->release = nullptr;
      if (me.next_ == me.batches_.size())
        return me.fails_after.empty() ? 0 : EIO;
      spie::table::give(*out, me.batches_[me.next_++].array);
      return 0;
    };
    stream_.get_last_error = [](ArrowArrayStream *self) { return of(self).fails_after.c_str(); };
    stream_.release = [](ArrowArrayStream *self) {
      ++of(self).released;
      self->release = nullptr;
    };
    stream_.private_data = this;
    return stream_;
  }

private:
  static Stream &of(ArrowArrayStream *self) { return *static_cast<Stream *>(self->private_data); }
  std::vector<Column> batches_;
  std::size_t next_ = 0;
  ArrowArrayStream stream_{};
};

// All that a stream answers: names, formats, rows of values.
struct Read {
  std::vector<std::string> names, formats;
  std::vector<std::vector<Value>> rows;
  std::string error; // what it said when it failed

  Value at(std::size_t row, const std::string &name) const {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name)
        return rows.at(row).at(i);
    FAIL("there is no column " << name);
    return {};
  }
  std::string format(const std::string &name) const {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name)
        return formats[i];
    return {};
  }
};

inline Read read(ArrowArrayStream &stream) {
  Read result;
  ArrowSchema schema{};
  REQUIRE(stream.get_schema(&stream, &schema) == 0);
  const spie::table::Layout layout = spie::table::read_layout(schema);
  for (const auto &column : layout.children) {
    result.names.push_back(column.name);
    result.formats.push_back(column.dictionary ? column.format + '/' + column.dictionary->format : column.format);
  }
  schema.release(&schema);
  while (true) {
    ArrowArray array{};
    if (stream.get_next(&stream, &array) != 0) {
      result.error = stream.get_last_error(&stream);
      break;
    }
    if (array.release == nullptr)
      break;
    std::size_t dictionaries = 0;
    const auto batch = spie::table::read_column(layout, array, dictionaries);
    for (std::int64_t row = 0; row < batch.length; ++row) {
      std::vector<Value> values;
      std::int64_t left = spie::table::max_values;
      for (const auto &column : batch.children)
        values.push_back(spie::table::value_at(column, row, left));
      result.rows.push_back(std::move(values));
    }
    array.release(&array);
  }
  stream.release(&stream);
  return result;
}

} // namespace arrays
