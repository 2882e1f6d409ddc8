// Rows made ahead as one stream of Arrow: what a result that is held in memory says of itself as a table.
#pragma once

#include "rules/table/shape.hpp"
#include "spie/arrow.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace spie::table {

class Rows {
public:
  explicit Rows(std::vector<Shape::Member> columns);

  // The value of the next column of the row; after the last, the next row begins.
  void add(const feel::Value &value);
  // What holds of the whole, in the metadata of the schema.
  void say(std::string key, std::string value) { said_.emplace_back(std::move(key), std::move(value)); }

  // A stream of one batch, once. Throws Error for a value that its column cannot hold (T005, T006), never rounded nor
  // cut; `out` is then left alone.
  void give(ArrowArrayStream &out);

private:
  std::vector<Shape::Member> columns_;
  std::vector<std::unique_ptr<Builder>> builders_;
  std::vector<std::pair<std::string, std::string>> said_;
  std::optional<Diagnostic> fault_;
  std::size_t next_ = 0; // column
  std::int64_t rows_ = 0;
};

} // namespace spie::table
