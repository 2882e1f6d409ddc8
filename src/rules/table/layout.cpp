#include "rules/table/layout.hpp"

#include "rules/feel/loading.hpp"
#include "rules/table/export.hpp"
#include "rules/table/fault.hpp"
#include "text/encoding.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <set>

namespace spie::table {

namespace {

struct Plain {
  std::string_view format;
  Form form;
  std::size_t buffers;
};

constexpr std::array plain_formats{
    Plain{"n", Form::null, 0},
    Plain{"b", Form::boolean, 2},
    Plain{"c", Form::int8, 2},
    Plain{"C", Form::uint8, 2},
    Plain{"s", Form::int16, 2},
    Plain{"S", Form::uint16, 2},
    Plain{"i", Form::int32, 2},
    Plain{"I", Form::uint32, 2},
    Plain{"l", Form::int64, 2},
    Plain{"L", Form::uint64, 2},
    Plain{"e", Form::float16, 2},
    Plain{"f", Form::float32, 2},
    Plain{"g", Form::float64, 2},
    Plain{"u", Form::text, 3},
    Plain{"U", Form::large_text, 3},
    Plain{"vu", Form::text_view, 3},
    Plain{"tdD", Form::date_days, 2},
    Plain{"tdm", Form::date_millis, 2},
    Plain{"tiM", Form::months, 2},
    Plain{"tiD", Form::days_millis, 2},
    Plain{"tin", Form::months_days_nanos, 2},
    Plain{"+l", Form::list, 2},
    Plain{"+L", Form::large_list, 2},
    Plain{"+vl", Form::list_view, 3},
    Plain{"+vL", Form::large_list_view, 3},
    Plain{"+s", Form::structure, 1},
    Plain{"+m", Form::map, 2},
    Plain{"+r", Form::run_end, 0},
};

std::int64_t units_per_second(char unit) {
  switch (unit) {
  case 's':
    return 1;
  case 'm':
    return 1'000;
  case 'u':
    return 1'000'000;
  case 'n':
    return 1'000'000'000;
  default:
    return 0;
  }
}

std::optional<std::int32_t> integer(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || text.empty())
    return std::nullopt;
  return value;
}

// "d:19,10" and "d:19,10,256".
bool read_decimal(std::string_view given, Layout &layout) {
  std::array<std::optional<std::int32_t>, 3> parts{0, 0, 128};
  std::size_t count = 0;
  while (count < parts.size()) {
    const std::size_t comma = std::min(given.find(','), given.size());
    parts[count++] = integer(given.substr(0, comma));
    if (comma == given.size())
      break;
    given.remove_prefix(comma + 1);
    if (count == parts.size())
      return false;
  }
  const auto [precision, scale, bits] = parts;
  if (count < 2 || !precision || !scale || !bits || *precision < 1 || *precision > 76 || *scale < -76 || *scale > 76 ||
      (*bits != 32 && *bits != 64 && *bits != 128 && *bits != 256))
    return false;
  layout.form = Form::decimal;
  layout.width = *bits / 8;
  layout.scale = *scale;
  return true;
}

// False where the letters are those of a form that is read and what follows them is not right.
bool read_format(Layout &layout) {
  const std::string_view format = layout.format;
  for (const Plain &plain : plain_formats)
    if (format == plain.format) {
      layout.form = plain.form;
      layout.buffers = plain.buffers;
      return true;
    }
  layout.buffers = 2;
  if (format.starts_with("d:"))
    return read_decimal(format.substr(2), layout);
  if (format.starts_with("+w:")) {
    const auto items = integer(format.substr(3));
    layout.form = Form::fixed_list;
    layout.width = items.value_or(-1);
    layout.buffers = 1;
    return layout.width >= 0;
  }
  if (format.size() == 3 && (format.starts_with("tt") || format.starts_with("tD"))) {
    layout.per_second = units_per_second(format[2]);
    layout.form = format[1] == 'D' ? Form::duration : layout.per_second <= 1000 ? Form::time32 : Form::time64;
    return layout.per_second != 0;
  }
  if (format.size() >= 4 && format.starts_with("ts") && format[3] == ':') {
    layout.per_second = units_per_second(format[2]);
    layout.form = Form::timestamp;
    const std::string_view zone = format.substr(4);
    if (zone == "UTC" || zone == "Etc/UTC") {
      layout.zone = feel::Zone::offset(0);
    } else if (!zone.empty()) {
      auto found = zone.front() == '+' || zone.front() == '-' ? feel::Zone::parse(zone) : feel::Zone::named(zone);
      if (!found)
        return false;
      layout.zone = *found;
    }
    return layout.per_second != 0;
  }
  layout.form = Form::other;
  return true;
}

// The name of an extension type, of which the format is but what it is stored as.
std::string extension_of(const char *metadata) {
  std::string found;
  if (metadata != nullptr)
    for_each_pair(metadata, [&](std::string_view key, std::string_view value) {
      if (key == "ARROW:extension:name")
        found = value;
    });
  return found;
}

std::size_t children_of(Form form) {
  switch (form) {
  case Form::list:
  case Form::large_list:
  case Form::list_view:
  case Form::large_list_view:
  case Form::fixed_list:
  case Form::map:
    return 1;
  case Form::run_end:
    return 2;
  default:
    return 0;
  }
}

bool is_index(Form form) { return form >= Form::int8 && form <= Form::uint64; }

class Reading {
public:
  explicit Reading(const LoadLimits &limits) : limits_(feel::Loading(limits, usual_schema).limits()) {}

  Layout read(const ArrowSchema &schema, const std::string &path, int depth) {
    if (depth > limits_.depth)
      throw Error(feel::beyond_limit(Code::table_arrow,
                                     "the types of '" + path + "' stand more than " + std::to_string(limits_.depth) +
                                         " levels deep within one another",
                                     "table", "depth"));
    if (depth > 0 && ++count_ > limits_.list_size) // a row is no column
      throw Error(feel::beyond_limit(Code::table_arrow,
                                     "the table has more than " + std::to_string(limits_.list_size) + " columns",
                                     "table", "list_size"));
    if (schema.release == nullptr || schema.format == nullptr || schema.n_children < 0 ||
        (schema.n_children > 0 && schema.children == nullptr))
      throw fault(Code::table_arrow, "the schema of '" + path + "' is released or has no format");
    Layout layout;
    layout.name = schema.name == nullptr ? "" : schema.name;
    layout.format = schema.format;
    layout.extension = extension_of(schema.metadata);
    if (!is_utf8(layout.name) || !is_utf8(layout.extension))
      throw fault(Code::table_arrow, "the name of a column, or of its type, is not UTF-8");
    if (!read_format(layout))
      throw fault(Code::table_arrow,
                  "the type '" + layout.format + "' of the column '" + path + "' is not one of Arrow's");
    if (layout.form != Form::other)
      read_children(layout, schema, path, depth);
    return layout;
  }

private:
  void read_children(Layout &layout, const ArrowSchema &schema, const std::string &path, int depth) {
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      const ArrowSchema *child = schema.children[i];
      if (child == nullptr)
        throw fault(Code::table_arrow, "a part of the column '" + path + "' is NULL");
      const std::string name = child->name == nullptr ? "" : child->name;
      const std::string below = layout.form == Form::structure ? path.empty() ? name : path + '.' + name : path + "[]";
      layout.children.push_back(read(*child, below, depth + 1));
    }
    if (layout.form != Form::structure && layout.children.size() != children_of(layout.form))
      throw fault(Code::table_arrow, "the column '" + path + "' has " + std::to_string(layout.children.size()) +
                                         " parts, not what its type '" + layout.format + "' asks for");
    if (schema.dictionary != nullptr) {
      if (!is_index(layout.form))
        throw fault(Code::table_arrow, "the indices of the dictionary of '" + path + "' are no integers");
      layout.dictionary = std::make_unique<Layout>(read(*schema.dictionary, path, depth + 1));
    }
    if (layout.form == Form::map) {
      const Layout &entry = layout.children.front();
      if (entry.form != Form::structure || entry.children.size() != 2)
        throw fault(Code::table_arrow, "the entries of the map '" + path + "' are not pairs");
    }
    if (layout.form == Form::run_end) {
      const Form ends = layout.children.front().form;
      if (layout.children.front().dictionary != nullptr ||
          (ends != Form::int16 && ends != Form::int32 && ends != Form::int64))
        throw fault(Code::table_arrow, "the ends of the runs of '" + path + "' are no integers");
    }
  }

  LoadLimits limits_;
  std::size_t count_ = 0;
};

} // namespace

const Layout &Layout::values() const {
  if (dictionary != nullptr)
    return dictionary->values();
  return form == Form::run_end ? children[1].values() : *this;
}

Layout read_layout(const ArrowSchema &schema, const LoadLimits &limits) {
  Layout layout = Reading(limits).read(schema, "", 0);
  if (layout.form != Form::structure || layout.dictionary != nullptr)
    throw fault(Code::table_arrow, "the stream gives values of type '" + layout.format +
                                       "': a table is a stream of structs, a field for each column");
  return layout;
}

} // namespace spie::table
