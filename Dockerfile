# The search API with everything digitising needs, so that one image serves `sohoa serve` and `sohoa digitise`.
FROM python:3.11-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends poppler-utils tesseract-ocr tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/sohoa
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
# The build tool is in the lock file too: nothing is fetched without a hash.
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

# Docker gives a new volume the owner of the folder it covers, so the store must exist before the user changes.
RUN useradd --create-home --uid 10001 sohoa && install --directory --owner=sohoa --group=sohoa /var/lib/sohoa
USER sohoa
WORKDIR /var/lib/sohoa
ENV PYTHONUNBUFFERED=1 SOHOA_STORE__FOLDER=/var/lib/sohoa
VOLUME /var/lib/sohoa
EXPOSE 8080
CMD ["sohoa", "serve", "--host", "0.0.0.0", "--port", "8080"]
