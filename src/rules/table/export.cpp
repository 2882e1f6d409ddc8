#include "rules/table/export.hpp"

#include "rules/table/fault.hpp"

#include <cstring>

namespace spie::table {

namespace {

// What the private_data of a struct points at. Whoever moves a child out leaves it released here.
template <class Struct> struct Children {
  std::vector<std::unique_ptr<Struct>> owned;
  std::vector<Struct *> pointers;
  std::unique_ptr<Struct> dictionary;

  Children() = default;
  Children(const Children &) = delete;
  Children &operator=(const Children &) = delete;
  ~Children() {
    for (const auto &child : owned)
      if (child->release != nullptr)
        child->release(child.get());
    if (dictionary && dictionary->release != nullptr)
      dictionary->release(dictionary.get());
  }
};

struct HeldSchema : Children<ArrowSchema> {
  std::string format, name;
  std::optional<std::string> metadata;
};

struct HeldArray : Children<ArrowArray> {
  std::vector<const void *> data;
  std::vector<std::shared_ptr<const void>> owners;
};

void release_schema(ArrowSchema *schema) {
  delete static_cast<HeldSchema *>(schema->private_data);
  schema->release = nullptr;
}

void release_array(ArrowArray *array) {
  delete static_cast<HeldArray *>(array->private_data);
  array->release = nullptr;
}

template <class Held, class Data>
void give_children(Held &held, std::vector<Data> children, std::vector<Data> dictionary) {
  for (Data &child : children) {
    auto &owned = held.owned.emplace_back(new std::remove_pointer_t<typename decltype(held.pointers)::value_type>());
    give(*owned, std::move(child));
    held.pointers.push_back(owned.get());
  }
  if (!dictionary.empty()) {
    held.dictionary.reset(new std::remove_pointer_t<typename decltype(held.pointers)::value_type>());
    give(*held.dictionary, std::move(dictionary.front()));
  }
}

std::string copied_metadata(const char *metadata) {
  const char *end = metadata + sizeof(std::int32_t);
  for_each_pair(metadata, [&](std::string_view, std::string_view value) { end = value.data() + value.size(); });
  return {metadata, end};
}

} // namespace

// int32 count, then for each pair the length and the bytes of its key and of its value.
void for_each_pair(const char *metadata, const std::function<void(std::string_view, std::string_view)> &told) {
  const char *at = metadata;
  const auto number = [&] {
    std::int32_t value = 0;
    std::memcpy(&value, at, sizeof value);
    at += sizeof value;
    return value;
  };
  const auto text = [&] {
    const std::int32_t length = number();
    if (length < 0)
      throw fault(Code::table_arrow, "the metadata of a column have a length that is none");
    const std::string_view found(at, static_cast<std::size_t>(length));
    at += length;
    return found;
  };
  for (std::int32_t left = number(); left > 0; --left) {
    const std::string_view key = text();
    told(key, text());
  }
}

void give(ArrowSchema &out, const SchemaData &schema) {
  auto held = std::make_unique<HeldSchema>();
  held->format = schema.format;
  held->name = schema.name;
  held->metadata = schema.metadata;
  give_children(*held, schema.children, schema.dictionary);
  out = {held->format.c_str(),
         held->name.c_str(),
         held->metadata ? held->metadata->data() : nullptr,
         schema.flags,
         static_cast<std::int64_t>(held->pointers.size()),
         held->pointers.data(),
         held->dictionary.get(),
         &release_schema,
         nullptr};
  out.private_data = held.release();
}

void give(ArrowArray &out, ArrayData array) {
  auto held = std::make_unique<HeldArray>();
  for (Buffer &buffer : array.buffers) {
    held->data.push_back(buffer.data);
    held->owners.push_back(std::move(buffer.owner));
  }
  give_children(*held, std::move(array.children), std::move(array.dictionary));
  out = {array.length,
         array.null_count,
         array.offset,
         static_cast<std::int64_t>(held->data.size()),
         static_cast<std::int64_t>(held->pointers.size()),
         held->data.data(),
         held->pointers.data(),
         held->dictionary.get(),
         &release_array,
         nullptr};
  out.private_data = held.release();
}

SchemaData copied(const ArrowSchema &schema) {
  SchemaData copy;
  copy.format = schema.format;
  copy.name = schema.name == nullptr ? "" : schema.name;
  if (schema.metadata != nullptr)
    copy.metadata = copied_metadata(schema.metadata);
  copy.flags = schema.flags;
  for (std::int64_t i = 0; i < schema.n_children; ++i)
    copy.children.push_back(copied(*schema.children[i]));
  if (schema.dictionary != nullptr)
    copy.dictionary.push_back(copied(*schema.dictionary));
  return copy;
}

ArrayData shared(const ArrowArray &array, const std::shared_ptr<const void> &owner) {
  ArrayData data;
  data.length = array.length;
  data.null_count = array.null_count;
  data.offset = array.offset;
  for (std::int64_t i = 0; i < array.n_buffers; ++i)
    data.buffers.push_back({owner, array.buffers[i]});
  for (std::int64_t i = 0; i < array.n_children; ++i)
    data.children.push_back(shared(*array.children[i], owner));
  if (array.dictionary != nullptr)
    data.dictionary.push_back(shared(*array.dictionary, owner));
  return data;
}

ArrayData shared(const ArrowArray &array, const std::shared_ptr<const void> &owner, std::int64_t first,
                 std::int64_t count) {
  ArrayData data = shared(array, owner);
  data.offset += first;
  data.length = count;
  if (data.null_count != 0)
    data.null_count = -1;
  return data;
}

} // namespace spie::table
