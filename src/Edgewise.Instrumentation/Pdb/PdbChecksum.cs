using System.Security.Cryptography;
using System.Text;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Pdb;

/// <summary>The data of a PdbChecksum entry: the name of a hash algorithm, a zero, and the hash of the PDB file whose 20 bytes of id are set to zero.</summary>
internal static class PdbChecksum
{
    /// <summary>The entry's data for another PDB, with the same algorithm, hence as long as before.</summary>
    /// <param name="data">The entry's data now.</param>
    /// <param name="pdb">The PDB; unchanged on return.</param>
    /// <param name="idPosition">Where in it the id stands.</param>
    /// <returns>The new data, or null where the algorithm is not one that .NET knows by this name.</returns>
    /// <exception cref="InstrumentationException">The data is damaged (<see cref="MetadataDiagnostics.DamagedSymbols"/>).</exception>
    public static byte[]? Compute(ReadOnlySpan<byte> data, byte[] pdb, int idPosition)
    {
        int nameLength = data.IndexOf((byte)0);
        if (nameLength <= 0)
        {
            throw new InstrumentationException(MetadataDiagnostics.DamagedSymbols, "debug directory: the PdbChecksum entry names no algorithm");
        }

        if (Algorithm(Encoding.UTF8.GetString(data[..nameLength])) is not { } algorithm)
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(pdb.AsSpan(0, idPosition));
        hash.AppendData(new byte[PdbIdentity.Length]);
        hash.AppendData(pdb.AsSpan(idPosition + PdbIdentity.Length));
        byte[] sum = hash.GetHashAndReset();
        return sum.Length == data.Length - nameLength - 1
            ? [.. data[..(nameLength + 1)], .. sum]
            : throw new InstrumentationException(
                MetadataDiagnostics.DamagedSymbols, $"debug directory: the PdbChecksum entry has {data.Length - nameLength - 1} bytes of {algorithm.Name}");
    }

    private static HashAlgorithmName? Algorithm(string name) => name switch
    {
        "SHA256" => HashAlgorithmName.SHA256,
        "SHA384" => HashAlgorithmName.SHA384,
        "SHA512" => HashAlgorithmName.SHA512,
        "SHA1" => HashAlgorithmName.SHA1,
        _ => null,
    };
}
