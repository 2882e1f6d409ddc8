// The contexts that are pinned, keyed term by term from the public documents.
#pragma once

#include "spie/feel/value.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace spie::credentials::jsonld {

// How the document writes a term: its address alone, an object, an object whose own context follows in the rows one
// deeper, an object whose context is null.
enum class Form : std::uint8_t { plain, simple, scoped, cleared };

// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): the order in which the tables write them
struct Row {
  int depth; // 0: the document; 1: the context of the last row of depth 0
  std::string_view term, id, type, container;
  Form form;
};

struct Table {
  std::string_view address, alias; // `alias`: another address of the same document, or empty
  std::string_view file;           // its name beside the vectors
  std::string_view document;       // SHA-256 of the document it was keyed from
  std::string_view own;            // SHA-256 of its rows (see rows_hash)
  std::span<const Row> rows;
};

std::span<const Table> tables() noexcept;

// The value of "@context" in the document.
feel::Value context_of(const Table &table);
// Of the rows, one a line, their fields joined by '|'.
std::string rows_hash(const Table &table);

// Of the two contents that the address of OB 3.0.3 has served, the newer is pinned: the older lacks these two terms at
// the top, and a document that uses one is not read alike by everyone.
bool is_disputed(std::string_view address, std::string_view term) noexcept;

} // namespace spie::credentials::jsonld
