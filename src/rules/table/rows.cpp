#include "rules/table/rows.hpp"

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

namespace spie::table {

namespace {

// int32 count, then for each pair the length and the bytes of its key and of its value.
std::string metadata_of(const std::vector<std::pair<std::string, std::string>> &pairs) {
  std::string made;
  const auto number = [&](std::size_t value) {
    const auto bytes = std::bit_cast<std::array<char, 4>>(static_cast<std::int32_t>(value));
    made.append(bytes.data(), bytes.size());
  };
  number(pairs.size());
  for (const auto &[key, value] : pairs)
    for (const std::string *part : {&key, &value}) {
      number(part->size());
      made += *part;
    }
  return made;
}

struct OneBatch {
  SchemaData schema;
  std::optional<ArrayData> batch;

  static OneBatch &of(ArrowArrayStream *stream) { return *static_cast<OneBatch *>(stream->private_data); }
  template <class Give> static int guarded(Give &&give) noexcept {
    try {
      give();
      return 0;
    } catch (...) { // of memory alone
      return ENOMEM;
    }
  }
};

} // namespace

Rows::Rows(std::vector<Shape::Member> columns) : columns_(std::move(columns)) {
  for (const auto &[name, shape] : columns_)
    builders_.push_back(builder_of(name, shape));
}

void Rows::add(const feel::Value &value) {
  builders_[next_]->add(value, fault_);
  if (++next_ < builders_.size())
    return;
  next_ = 0;
  ++rows_;
}

void Rows::give(ArrowArrayStream &out) {
  if (fault_)
    throw Error(*fault_);
  auto held = std::make_unique<OneBatch>();
  held->schema.format = "+s";
  held->schema.flags = 0;
  if (!said_.empty())
    held->schema.metadata = metadata_of(said_);
  ArrayData batch;
  batch.length = rows_;
  batch.buffers.emplace_back();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    held->schema.children.push_back(schema_of(columns_[i].name, columns_[i].shape));
    batch.children.push_back(builders_[i]->finish());
  }
  held->batch = std::move(batch);
  out.get_schema = [](ArrowArrayStream *stream, ArrowSchema *schema) {
    return OneBatch::guarded([&] { table::give(*schema, OneBatch::of(stream).schema); });
  };
  out.get_next = [](ArrowArrayStream *stream, ArrowArray *array) {
    array->release = nullptr;
    return OneBatch::guarded([&] {
      auto &left = OneBatch::of(stream).batch;
      if (left)
        table::give(*array, *std::exchange(left, std::nullopt));
    });
  };
  out.get_last_error = [](ArrowArrayStream *) -> const char * { return nullptr; };
  out.release = [](ArrowArrayStream *stream) {
    delete &OneBatch::of(stream);
    stream->release = nullptr;
  };
  out.private_data = held.release();
}

} // namespace spie::table
