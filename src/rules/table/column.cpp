#include "rules/table/column.hpp"

#include "rules/columns/kernels.hpp"
#include "rules/table/fault.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <type_traits>

namespace spie::table {

namespace {

[[noreturn]] void refuse(const Layout &layout, const std::string &what) {
  throw fault(Code::table_arrow, "the column '" + layout.name + "' " + what);
}

// What a batch that refers to itself would unfold to is bounded by what stands in it.
constexpr std::int64_t max_length = std::numeric_limits<std::int64_t>::max() / 64;

template <class Offset> void check_offsets(const Column &column, std::int64_t end_of_items) {
  const auto *offsets = static_cast<const Offset *>(column.buffers[1]) + column.offset;
  bool sorted = offsets[0] >= 0;
  for (std::int64_t row = 0; row < column.length; ++row)
    sorted &= offsets[row] <= offsets[row + 1];
  if (!sorted)
    refuse(*column.layout, "has offsets that decrease, or are negative");
  if (end_of_items >= 0 && static_cast<std::int64_t>(offsets[column.length]) > end_of_items)
    refuse(*column.layout, "has offsets beyond its items");
}

template <class Offset> void check_views(const Column &column) {
  const std::int64_t items = column.children.front().length;
  for (std::int64_t row = 0; row < column.length; ++row) {
    if (column.is_null(row))
      continue;
    const std::int64_t begin = column.at<Offset>(row, 1), count = column.at<Offset>(row, 2);
    if (begin < 0 || count < 0 || begin > items || count > items - begin)
      refuse(*column.layout, "has items beyond its items");
  }
}

struct View {
  std::int32_t length;
  std::int32_t rest[3]; // the text itself up to 12 bytes; else its beginning, its buffer, where it begins there
};
static_assert(sizeof(View) == 16);

void check_text_views(const Column &column) {
  const auto *lengths = static_cast<const std::int64_t *>(column.buffers[static_cast<std::size_t>(column.texts) + 2]);
  for (std::int64_t row = 0; row < column.length; ++row) {
    if (column.is_null(row))
      continue;
    const View view = column.at<View>(row);
    if (view.length < 0)
      refuse(*column.layout, "has a text of a negative length");
    if (view.length <= 12)
      continue;
    const std::int64_t buffer = view.rest[1], begin = view.rest[2];
    if (buffer < 0 || buffer >= column.texts || begin < 0 || lengths == nullptr || lengths[buffer] < view.length ||
        begin > lengths[buffer] - view.length || column.buffers[2 + buffer] == nullptr)
      refuse(*column.layout, "has a text beyond its buffers");
  }
}

template <class Index> void check_indices(const Column &column) {
  const auto *indices = static_cast<const Index *>(column.buffers[1]) + column.offset;
  const auto size = static_cast<std::uint64_t>(column.dictionary->length);
  if constexpr (std::is_same_v<Index, std::int32_t>) // those of nulls are seldom wrong either
    if (columns::kernels().all_below(indices, static_cast<std::size_t>(column.length),
                                     static_cast<std::uint32_t>(std::min<std::uint64_t>(size, UINT32_MAX))))
      return;
  bool inside = true;
  for (std::int64_t row = 0; row < column.length; ++row)
    inside &= static_cast<std::uint64_t>(static_cast<std::int64_t>(indices[row])) < size || column.is_null(row);
  if (!inside)
    refuse(*column.layout, "has indices that its dictionary does not have");
}

void check_indices(const Column &column, Form form) {
  switch (form) {
  case Form::int8:
    return check_indices<std::int8_t>(column);
  case Form::uint8:
    return check_indices<std::uint8_t>(column);
  case Form::int16:
    return check_indices<std::int16_t>(column);
  case Form::uint16:
    return check_indices<std::uint16_t>(column);
  case Form::int32:
    return check_indices<std::int32_t>(column);
  case Form::uint32:
    return check_indices<std::uint32_t>(column);
  case Form::int64:
    return check_indices<std::int64_t>(column);
  default:
    return check_indices<std::uint64_t>(column);
  }
}

std::int64_t integer_at(const Column &column, std::int64_t row) noexcept {
  switch (column.layout->form) {
  case Form::int8:
    return column.at<std::int8_t>(row);
  case Form::uint8:
    return column.at<std::uint8_t>(row);
  case Form::int16:
    return column.at<std::int16_t>(row);
  case Form::uint16:
    return column.at<std::uint16_t>(row);
  case Form::int32:
    return column.at<std::int32_t>(row);
  case Form::uint32:
    return column.at<std::uint32_t>(row);
  default:
    return column.at<std::int64_t>(row);
  }
}

// Where the runs of a column end, rising up to its length and offset.
void check_runs(const Column &column) {
  const Column &ends = column.children[0];
  std::int64_t last = 0;
  for (std::int64_t run = 0; run < ends.length; ++run) {
    const std::int64_t end = integer_at(ends, run);
    if (end <= last)
      refuse(*column.layout, "has runs that do not follow one another");
    last = end;
  }
  if (last < column.offset + column.length || column.children[1].length < ends.length)
    refuse(*column.layout, "has runs that end before it");
}

std::int64_t needed_of(const Column &column) { return column.offset + column.length; }

} // namespace

std::int64_t Column::index(std::int64_t row) const noexcept { return integer_at(*this, row); }

std::int64_t Column::run(std::int64_t row) const noexcept {
  const Column &ends = children[0];
  std::int64_t low = 0, high = ends.length - 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (integer_at(ends, middle) > row + offset)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

Column::Span Column::items(std::int64_t row) const noexcept {
  switch (layout->form) {
  case Form::list:
  case Form::map: {
    const auto begin = at<std::int32_t>(row);
    return {begin, at<std::int32_t>(row + 1) - begin};
  }
  case Form::large_list: {
    const auto begin = at<std::int64_t>(row);
    return {begin, at<std::int64_t>(row + 1) - begin};
  }
  case Form::list_view:
    return {at<std::int32_t>(row, 1), at<std::int32_t>(row, 2)};
  case Form::large_list_view:
    return {at<std::int64_t>(row, 1), at<std::int64_t>(row, 2)};
  default:
    return {(row + offset) * layout->width, layout->width};
  }
}

std::string_view Column::text(std::int64_t row) const noexcept {
  const auto cut = [&](auto begin, auto end) {
    return begin == end
               ? std::string_view()
               : std::string_view(static_cast<const char *>(buffers[2]) + begin, static_cast<std::size_t>(end - begin));
  };
  switch (layout->form) {
  case Form::text:
    return cut(at<std::int32_t>(row), at<std::int32_t>(row + 1));
  case Form::large_text:
    return cut(at<std::int64_t>(row), at<std::int64_t>(row + 1));
  default: {
    const auto &view = static_cast<const View *>(buffers[1])[row + offset];
    const char *begin = view.length <= 12 ? reinterpret_cast<const char *>(&view.rest[0])
                                          : static_cast<const char *>(buffers[2 + view.rest[1]]) + view.rest[2];
    return {begin, static_cast<std::size_t>(view.length)};
  }
  }
}

Column read_column(const Layout &layout, const ArrowArray &array, std::size_t &dictionaries) {
  Column column;
  column.layout = &layout;
  if (array.release == nullptr)
    refuse(layout, "is released");
  if (array.length < 0 || array.offset < 0 || array.length > max_length || array.offset > max_length)
    refuse(layout, "has a length or an offset that is none");
  column.length = array.length;
  column.offset = array.offset;
  if (layout.form == Form::other)
    return column;
  const bool views = layout.form == Form::text_view;
  // Nulls have no buffer; Polars gives them one, of validity, which is empty.
  const bool odd = views                       ? array.n_buffers < 3
                   : layout.form == Form::null ? array.n_buffers > 1
                                               : array.n_buffers != static_cast<std::int64_t>(layout.buffers);
  if (array.n_buffers < 0 || odd || (array.n_buffers > 0 && array.buffers == nullptr))
    refuse(layout,
           "has " + std::to_string(array.n_buffers) + " buffers, not what its type '" + layout.format + "' asks for");
  column.buffers = array.buffers;
  column.texts = views ? array.n_buffers - 3 : 0;
  if (layout.form != Form::null && layout.form != Form::run_end && array.null_count != 0)
    column.valid = static_cast<const std::uint8_t *>(array.buffers[0]);
  if (column.valid == nullptr && array.null_count > 0 && layout.form != Form::null)
    refuse(layout, "has nulls and says not where");
  // Of an empty array, any buffer may be missing. Texts may be where all of them are empty, views where none is long.
  const bool texts = layout.form == Form::text || layout.form == Form::large_text;
  const std::int64_t with_content = views ? 2 : texts ? 2 : array.n_buffers;
  for (std::int64_t i = 1; i < with_content; ++i)
    if (array.buffers[i] == nullptr && column.length > 0)
      refuse(layout, "lacks a buffer");

  if (array.n_children != static_cast<std::int64_t>(layout.children.size()) ||
      (array.n_children > 0 && array.children == nullptr))
    refuse(layout, "has not the parts of its type");
  for (std::size_t i = 0; i < layout.children.size(); ++i) {
    if (array.children[i] == nullptr)
      refuse(layout, "lacks a part");
    column.children.push_back(read_column(layout.children[i], *array.children[i], dictionaries));
  }
  if (layout.dictionary != nullptr) {
    if (array.dictionary == nullptr)
      refuse(layout, "lacks its dictionary");
    column.dictionary = std::make_unique<Column>(read_column(*layout.dictionary, *array.dictionary, dictionaries));
    column.number = dictionaries++;
  }
  if (column.length == 0 && layout.form != Form::structure)
    return column;

  if (column.dictionary != nullptr)
    check_indices(column, layout.form);
  switch (layout.form) {
  case Form::text:
    check_offsets<std::int32_t>(column, -1);
    break;
  case Form::large_text:
    check_offsets<std::int64_t>(column, -1);
    break;
  case Form::list:
  case Form::map:
    check_offsets<std::int32_t>(column, column.children.front().length);
    break;
  case Form::large_list:
    check_offsets<std::int64_t>(column, column.children.front().length);
    break;
  case Form::list_view:
    check_views<std::int32_t>(column);
    break;
  case Form::large_list_view:
    check_views<std::int64_t>(column);
    break;
  case Form::text_view:
    check_text_views(column);
    break;
  case Form::fixed_list:
    if (layout.width > 0 && column.children.front().length / layout.width < needed_of(column))
      refuse(layout, "has fewer items than its length asks for");
    break;
  case Form::structure:
    for (const Column &child : column.children)
      if (child.length < needed_of(column))
        refuse(layout, "has a part '" + child.layout->name + "' that is shorter than itself");
    break;
  case Form::run_end:
    check_runs(column);
    break;
  default:
    break;
  }
  if ((texts) && column.buffers[2] == nullptr) {
    const std::int64_t end =
        layout.form == Form::text ? column.at<std::int32_t>(column.length) : column.at<std::int64_t>(column.length);
    const std::int64_t begin = layout.form == Form::text ? column.at<std::int32_t>(0) : column.at<std::int64_t>(0);
    if (end != begin)
      refuse(layout, "lacks the buffer of its texts");
  }
  return column;
}

} // namespace spie::table
