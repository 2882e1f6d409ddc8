// The XML of a file that is imported.
#pragma once

#include "spie/exchange/import.hpp"
#include "xml/stream.hpp"

namespace spie::exchange {

using XmlFault = xml::Fault;
using XmlHandler = xml::Handler;

// Throws what xml::read throws.
inline void read_xml(Octets &bytes, XmlHandler &handler, const xml::Limits &limits = {}) {
  xml::read([&bytes](char *buffer, std::size_t size) { return bytes.read(buffer, size); }, handler, limits);
}

} // namespace spie::exchange
