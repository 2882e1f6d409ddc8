// Arrays and schemas as they leave: each struct owns what it points at, children may be moved out, and release gives
// all of it back.
#pragma once

#include "spie/arrow.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::table {

struct SchemaData {
  std::string format, name;
  std::optional<std::string> metadata; // as the interface lays it out
  std::int64_t flags = ARROW_FLAG_NULLABLE;
  std::vector<SchemaData> children;
  std::vector<SchemaData> dictionary; // at most one
};

struct Buffer {
  std::shared_ptr<const void> owner;
  const void *data = nullptr;
};

template <class T> Buffer buffer_of(std::vector<T> values) {
  auto held = std::make_shared<const std::vector<T>>(std::move(values));
  const void *data = held->data();
  return {std::move(held), data};
}

struct ArrayData {
  std::int64_t length = 0, null_count = 0, offset = 0;
  std::vector<Buffer> buffers;
  std::vector<ArrayData> children;
  std::vector<ArrayData> dictionary; // at most one
};

void give(ArrowSchema &out, const SchemaData &schema);
void give(ArrowArray &out, ArrayData array);

// What a schema says beside its format, each key with its value.
void for_each_pair(const char *metadata, const std::function<void(std::string_view, std::string_view)> &told);

// Copies that share what they point at: of a schema, and of `count` rows of an array from `first` on, kept by `owner`.
SchemaData copied(const ArrowSchema &schema);
ArrayData shared(const ArrowArray &array, const std::shared_ptr<const void> &owner);
ArrayData shared(const ArrowArray &array, const std::shared_ptr<const void> &owner, std::int64_t first,
                 std::int64_t count);

} // namespace spie::table
